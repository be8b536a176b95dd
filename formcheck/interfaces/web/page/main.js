// Puts the parts together: what arrives goes to the screen that is due, keys go to formcheck.

import { Camera } from './camera.js';
import { Picture } from './canvas.js';
import { Link } from './link.js';
import { showStarting, showView } from './panel.js';
import { Choice, make, pressPain, showHealth, showPain, showScreen, showSummary, showToday } from './sheets.js';
import { Voice } from './voice.js';

const $ = (id) => document.getElementById(id);
const state = { welcome: null, session: null, flow: null, summary: null, frames: 0, latencies: [] };
window.formcheck = state; // for whoever looks at the page from outside, as tests do

const voice = new Voice();
const picture = new Picture($('canvas'));
let ownPicture = null;

const camera = new Camera({
  onTrouble(text) {
    notice(text);
    if (state.session) link.say({ type: 'command', name: 'camera_lost' });
    $('preview-text').textContent = text;
  },
  // Until the first answer, while the pose model is being loaded, the picture alone.
  onFrame(video) {
    if (state.session && !state.view) picture.draw(video, video.videoWidth, video.videoHeight, {});
  },
  onBack() {
    notice('');
    if (state.session) join();
  },
});
state.camera = camera;
state.voice = voice;

const link = new Link({
  onMessage(message) { (ON[message.type] ?? (() => {}))(message); },
  onPicture(data) { ownPicture = data; },
  onState(isOpen) {
    camera.lostAll();
    if (!isOpen && !link.isReplaced) notice('formcheck is not answering. Trying again …');
    else if (isOpen) notice('');
  },
});

const ON = {
  welcome(welcome) {
    state.welcome = welcome;
    state.session = welcome.session;
    if (welcome.session) { goOn(); return; }
    if (askAgain || welcome.questions.some(({ due }) => due)) { showHealth(welcome, (message) => { askAgain = false; link.say(message); }); return; }
    if (!welcome.today.is_known) { showToday(welcome.today, (message) => link.say(message)); return; }
    choice.show(welcome);
    showScreen('choose');
    if (welcome.own_camera) $('preview-text').textContent = 'formcheck reads the camera or the video itself.';
    else if (!camera.isOn) openCamera();
  },
  started({ session }) { state.session = session; state.summary = state.flow = state.view = null; goOn(); },
  view(view) { take(view); },
  summary(summary) {
    state.summary = summary;
    if (summary.trouble) { rest(); showSummary(summary, state.flow, state.exercise, leave); return; }
    settle();
  },
  trouble({ text }) { notice(text, 8000); },
  replaced() { notice('formcheck was opened in another window. This one has stopped.'); camera.close(); },
};
let askAgain = false;

function notice(text, forMs) {
  $('notice').textContent = text;
  $('notice').hidden = !text;
  clearTimeout(notice.timer);
  if (forMs) notice.timer = setTimeout(() => notice(''), forMs);
}

// --- camera and choice ---

const choice = new Choice((message) => link.say(message));

async function openCamera(id) {
  const isOpen = await camera.open(id);
  const cameras = await camera.list();
  $('camera').replaceChildren(...cameras.map(({ deviceId, label }, i) => make('option', { value: deviceId }, label || `Camera ${i + 1}`)));
  if (camera.id) $('camera').value = camera.id;
  if (!isOpen) return;
  $('preview').srcObject = camera.stream;
  $('preview').play().catch(() => {});
  $('preview-text').textContent = '';
}
$('camera').onchange = () => openCamera($('camera').value);
$('ask-again').onclick = () => { askAgain = true; ON.welcome(state.welcome); };
$('start').onclick = () => { voice.unlock(); link.say(choice.message()); };

function join() {
  camera.lostAll();
  link.say({ type: 'join', clock_ms: performance.now() });
  camera.send = (bytes) => link.sendBytes(bytes);
}

async function goOn() {
  const exercise = state.welcome.exercises.find(({ id }) => id === state.session.exercise);
  state.exercise = exercise;
  $('title').textContent = state.session.title;
  $('strain').hidden = !exercise?.can_ease;
  if (!state.view) showStarting(exercise);
  showScreen('stage');
  stayAwake();
  if (state.welcome.own_camera) return;
  if (!camera.isOn && !(await camera.open())) return;
  join();
}

// --- moments ---

async function take(sent) {
  const hasFrame = sent.number != null || ownPicture;
  const view = hasFrame ? sent : { ...state.view, ...sent, body: state.view?.body, judged: state.view?.judged, seen: state.view?.seen };
  state.view = view;
  state.flow = view.flow;
  for (const line of view.say) voice.say(line);
  if (view.number != null) {
    const kept = camera.landed(view.number);
    if (kept) {
      picture.draw(kept.canvas, kept.canvas.width, kept.canvas.height, view);
      requestAnimationFrame(() => { state.frames += 1; if (state.latencies.length < 20000) state.latencies.push(performance.now() - kept.captured); });
    }
  } else if (ownPicture) {
    const image = await createImageBitmap(new Blob([ownPicture], { type: 'image/jpeg' }));
    ownPicture = null;
    picture.draw(image, image.width, image.height, view);
    image.close();
    state.frames += 1;
  }
  if (state.session) showView(view, state.exercise);
  settle();
}

function settle() {
  if (!state.session || !state.flow) return;
  if (state.flow.stage === 'pain') { rest(); showPain(state.welcome.pain, painRule(), (message) => link.say(message)); }
  if (state.flow.stage === 'summary' && state.summary) { rest(); showSummary(state.summary, state.flow, state.exercise, leave); }
}

// How the guide of the target takes pain.
const painRule = () => state.exercise?.doses.find(({ id }) => id === state.session.dose)?.pain ?? '';

// Without this the screen goes dark in mid-set.
async function stayAwake() {
  state.awake = await navigator.wakeLock?.request('screen').catch(() => null);
}
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && document.body.dataset.screen === 'stage') stayAwake();
});
// After a reload a page is silent until it is touched.
for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, () => { if (state.session) voice.unlock(); });

// The camera is let go as soon as it is not needed.
function rest() {
  camera.send = null;
  camera.close();
  state.awake?.release().catch(() => {});
}

function leave() {
  link.say({ type: 'leave' });
  state.session = state.flow = state.summary = state.view = null;
}

// --- keys and buttons ---

const press = (name) => link.say({ type: 'command', name });
const DO = {
  pause() {
    const stage = state.flow?.stage;
    press(stage === 'paused' ? 'resume' : stage === 'rest' ? 'skip' : 'pause');
  },
  stop: () => press('stop'),
  pain: () => press('pain'),
  strain: () => { press('strain'); notice('Less deep from now on. Take the start position again.', 4000); },
  mute() {
    voice.mute(!voice.isMuted);
    $('mute').setAttribute('aria-pressed', String(voice.isMuted));
    $('mute').querySelector('span').textContent = voice.isMuted ? 'Sound on' : 'Mute';
  },
  break: () => press('break'),
};
for (const name of ['pause', 'stop', 'pain', 'strain', 'mute']) $(name).onclick = DO[name];
$('ask-break').onclick = DO.break;
$('ask-resume').onclick = DO.pause;
$('ask-pain').onclick = DO.pain;

const KEYS = { ' ': 'pause', Escape: 'stop', p: 'pain', m: 'mute', s: 'strain', b: 'break' };
document.addEventListener('keydown', (event) => {
  if (document.body.dataset.screen !== 'painful' || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (pressPain(state.welcome.pain, event.key.toLowerCase())) event.preventDefault();
});
document.addEventListener('keydown', (event) => {
  if (document.body.dataset.screen !== 'stage' || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!name || (name === 'strain' && $('strain').hidden)) return;
  event.preventDefault();
  DO[name]();
});
