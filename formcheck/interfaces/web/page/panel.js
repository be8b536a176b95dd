// What stands beside the picture: count, hold, range, cue, and what is being asked.

const $ = (id) => document.getElementById(id);

const SHAPES = {
  fault: '<path d="M24 6 44 41H4Z"/><path d="M24 18v11"/><path d="M24 35v.5"/>',
  hint: '<circle cx="24" cy="24" r="19"/><path d="M24 14v12"/><path d="M24 33v.5"/>',
  side: '<path d="M6 18h34l-8-8"/><path d="M42 31H8l8 8"/>',
  safety: '<path d="M15 4h18l11 11v18L33 44H15L4 33V15Z"/><path d="M24 14v13"/><path d="M24 34v.5"/>',
  praise: '<circle cx="24" cy="24" r="19"/><path d="m14 25 7 8 14-16"/>',
  lost: '<path d="M3 24s8-13 21-13 21 13 21 13-8 13-21 13S3 24 3 24Z"/><path d="m8 42 32-36"/>',
  flow: '<path d="M15 10v28"/><path d="M33 10v28"/>',
};
const ARROWS = {
  back: '<path d="M24 4v16m-7-7 7 7 7-7"/><rect x="12" y="26" width="24" height="16" rx="3"/>',
  closer: '<path d="M24 20V4m-7 7 7-7 7 7"/><rect x="12" y="26" width="24" height="16" rx="3"/>',
  middle: '<path d="M3 24h13m-5-5 5 5-5 5M45 24H32m5-5-5 5 5 5M24 8v32"/>',
  turn: '<path d="M40 24a16 16 0 1 1-5-11.500"/><path d="M36 3v10H26"/>',
  level: '<path d="M4 38h40"/><path d="m6 28 36-14"/>',
  light: '<circle cx="24" cy="24" r="8"/><path d="M24 4v6m0 28v6M4 24h6m28 0h6M10 10l4 4m20 20 4 4m0-28-4 4M14 34l-4 4"/>',
  slow: '<circle cx="24" cy="24" r="18"/><path d="M24 13v11l8 6"/>',
  person: '<circle cx="24" cy="10" r="6"/><path d="M24 16v16m0-12-11 6m11-6 11 6M24 32l-8 12m8-12 8 12"/>',
  still: '<path d="M15 10v28M33 10v28"/>',
};

const shown = new Map();
// Writes only what changed: thirty times a second.
function set(element, property, value) {
  const key = `${element.id || element.className}|${property}`;
  if (shown.get(key) === value) return;
  shown.set(key, value);
  if (property === 'text') element.textContent = value;
  else if (property === 'html') element.innerHTML = value;
  else if (property === 'hidden') element.hidden = value;
  else if (property.startsWith('.')) element.classList.toggle(property.slice(1), value);
  else if (property.startsWith('--') || property === 'left' || property === 'strokeDasharray') element.style[property] = value;
  else element.setAttribute(property, value);
}

export function showStarting(exercise) {
  shown.clear();
  set($('phase'), 'text', 'Starting …');
  set($('how'), 'text', exercise?.say ?? '');
  set($('cue'), 'data-kind', 'none');
  set($('cue').querySelector('p'), 'text', '');
  $('cue').querySelector('svg').style.display = 'none';
  for (const id of ['ring', 'meter', 'advice', 'ask']) set($(id), 'hidden', true);
}

export function showView(view, exercise) {
  const { flow, judged } = view;
  const measure = exercise?.measure;
  const isBefore = flow.stage === 'placing' || flow.stage === 'countdown' || flow.stage === 'rest';
  set($('how'), 'text', isBefore && flow.advice?.say !== exercise?.say ? exercise?.say ?? '' : '');
  showCount(flow, judged);
  showHold(judged, flow);
  showMeter(judged, measure, flow);
  showCue(flow);
  showAdvice(flow);
  showAsk(flow);
  set($('setline'), 'text', flow.ranging ? 'Your own range' : flow.sets > 1 ? `Set ${flow.set} of ${flow.sets}` : '');
  set($('rate'), 'text', view.fps ? `${Math.round(view.fps)} fps` : '– fps');
  set($('sight'), '.seen', view.seen);
  set($('sight').querySelector('b'), 'text', view.seen ? 'I can see you' : 'I cannot see you');
  set($('phase'), 'text', flow.stage === 'set' ? flow.phase || (judged?.phase_words ?? '') : flow.title);
  set($('pause').querySelector('span'), 'text', flow.stage === 'paused' ? 'Go on' : flow.stage === 'rest' ? 'Skip rest' : 'Pause');
}

function showCount(flow) {
  const isClock = flow.number > 0;
  const text = String(isClock ? flow.number : flow.done);
  set($('count'), 'text', text);
  set($('count'), '.long', text.length > 2);
  set($('count-of'), 'text', isClock ? (flow.stage === 'rest' ? 's rest' : '') : `of ${flow.reps}${flow.sides ? ` · ${flow.sides}` : ''}`);
}

function showHold(judged, flow) {
  const asked = judged?.hold_asked_s ?? 0;
  const isOn = flow.stage === 'set' && asked > 0;
  set($('ring'), 'hidden', !isOn);
  if (!isOn) return;
  const share = Math.min(1, judged.hold_s / asked);
  set($('ring').querySelector('.fill'), 'strokeDasharray', `${(share * 100).toFixed(1)} 100`);
  set($('ring'), '.enough', share >= 1);
  set($('ring').querySelector('b'), 'text', share >= 1 ? '✓' : String(Math.floor(judged.hold_s)));
  set($('ring').querySelector('span'), 'text', share >= 1 ? `${Math.floor(judged.hold_s)} s` : `of ${Math.round(asked)} s`);
}

function showMeter(judged, measure, flow) {
  const meter = flow.stage === 'set' ? judged?.meter : null;
  set($('meter'), 'hidden', !meter);
  if (!meter) return;
  const share = 0.02 + (0.96 * (meter.at - meter.from)) / (meter.to - meter.from);
  set($('meter').querySelector('.needle'), 'left', `${(share * 100).toFixed(1)}%`);
  set($('meter'), '.in', meter.at >= 1);
  set($('meter-name'), 'text', measure ?? '');
}

function showCue(flow) {
  const cue = flow.stage === 'paused' ? null : flow.cue;
  const kind = cue?.kind ?? 'none';
  set($('cue'), 'data-kind', kind);
  set($('cue').querySelector('svg'), 'html', SHAPES[kind] ?? '');
  $('cue').querySelector('svg').style.display = SHAPES[kind] ? '' : 'none';
  set($('cue').querySelector('p'), 'text', cue?.text ?? flow.to_do);
}

function showAdvice(flow) {
  set($('advice'), 'hidden', !flow.advice);
  if (!flow.advice) return;
  set($('advice').querySelector('svg'), 'html', ARROWS[flow.advice.arrow] ?? '');
  set($('advice').querySelector('p'), 'text', flow.advice.say);
}

function showAsk(flow) {
  const isAsked = flow.stage === 'paused';
  set($('ask'), 'hidden', !isAsked);
  if (!isAsked) return;
  set($('ask-text'), 'text', flow.question);
  set($('ask-note'), 'text', flow.how_to_go_on);
  set($('ask-break'), 'hidden', flow.pause !== 'left');
  set($('ask-resume'), 'hidden', flow.pause === 'camera' || flow.pause === 'moved');
}
