// The screens before and after the exercise: health questions, choice, pain, summary.

const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in element && key !== 'list') element[key] = value; else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export function showScreen(name) {
  if (document.body.dataset.screen === name) return;
  document.body.dataset.screen = name;
  for (const screen of document.querySelectorAll('main')) screen.hidden = screen.id !== name;
  const first = { health: '#questions input', today: '#today-questions input', choose: '#start', painful: '#levels button', summary: '#again', stage: '#pause' }[name];
  if (first) document.querySelector(`#${name} ${first}`)?.focus({ preventScroll: true });
}

function yesOrNo(name, ask, given, note = '') {
  const radio = (value, label) => make('label', {},
    make('input', { type: 'radio', name, value, required: true, checked: given === (value === 'yes') }), label);
  const legend = make('legend', {}, ask);
  if (note) legend.append(make('span', { className: 'small note' }, note));
  return make('fieldset', { className: 'question' }, legend, make('div', {}, radio('no', 'No'), radio('yes', 'Yes')));
}

export function showHealth(welcome, onSave) {
  $('health-lost').hidden = !welcome.lost;
  $('health-lost').textContent = welcome.lost;
  $('health-notice').textContent = welcome.notice;
  $('questions').replaceChildren(...welcome.questions.map(({ id, ask, yes, before }) =>
    yesOrNo(id, ask, yes, before && `You answered this on ${before}. How is it now?`)));
  $('health-form').onsubmit = (event) => {
    event.preventDefault();
    const said = new FormData($('health-form'));
    onSave({ type: 'health', answers: Object.fromEntries(welcome.questions.map(({ id }) => [id, said.get(id) === 'yes'])) });
  };
  showScreen('health');
}

function levels(place, onPick) {
  const press = (value) => {
    for (const button of place.children) button.setAttribute('aria-pressed', String(Number(button.textContent) === value));
    onPick(value);
  };
  place.replaceChildren(...Array.from({ length: 11 }, (_, value) =>
    make('button', { type: 'button', 'aria-pressed': 'false', onclick: () => press(value) }, String(value))));
}

export function showToday(today, onSave) {
  let level = null;
  $('today-questions').replaceChildren(yesOrNo('acute', today.acute),
    ...today.settled.map(({ id, ask, note }) => yesOrNo(`settled-${id}`, ask, undefined, note)),
    ...today.eased.map(({ id, ask }) => yesOrNo(`eased-${id}`, ask)));
  $('today-ask').textContent = today.pain;
  $('today-save').disabled = true;
  levels($('today-levels'), (value) => { level = value; $('today-save').disabled = false; });
  $('today-form').onsubmit = (event) => {
    event.preventDefault();
    const said = new FormData($('today-form'));
    const of = (kind) => Object.fromEntries(today[kind].map(({ id }) => [id, said.get(`${kind}-${id}`) === 'yes']));
    onSave({ type: 'today', acute: said.get('acute') === 'yes', level, settled: of('settled'), eased: of('eased') });
  };
  showScreen('today');
}

export class Choice {
  constructor(onProvider) {
    this.onProvider = onProvider;
    $('exercise').onchange = () => this.pick();
    $('dose').onchange = () => this.fillDose();
    $('agree').onchange = () => this.allow();
  }

  show(welcome) {
    this.welcome = welcome;
    const before = $('exercise').value || welcome.exercise;
    const dose = $('dose').value;
    $('exercise').replaceChildren(...welcome.exercises.map(({ id, title, verdict }) =>
      make('option', { value: id }, verdict === 'block' ? `${title} – not for you right now` : title)));
    const wanted = welcome.exercises.some(({ id }) => id === before) ? before : welcome.exercises.find(({ rating }) => rating === 'measured')?.id;
    $('exercise').value = wanted ?? welcome.exercises[0].id;
    $('camera-choice').hidden = welcome.own_camera;
    this.pick(dose);
  }

  get exercise() { return this.welcome.exercises.find(({ id }) => id === $('exercise').value); }

  get dose() { return this.exercise.doses.find(({ id }) => id === $('dose').value); }

  // Of the targets the one that was chosen before, or asked for, or else the first that may be done.
  pick(chosen) {
    const { exercise, welcome } = this;
    const { doses } = exercise;
    $('dose').replaceChildren(...doses.map(({ id, title, verdict }) =>
      make('option', { value: id }, verdict === 'block' ? `${title} – not now` : title)));
    const wanted = [chosen, welcome.dose].find((id) => doses.some((dose) => dose.id === id));
    $('dose').value = wanted ?? (doses.find(({ verdict }) => verdict !== 'block') ?? doses[0]).id;
    $('reps-label').textContent = exercise.timed ? 'Holds a set' : 'Reps a set';
    $('place').textContent = exercise.place;
    $('say').textContent = exercise.say;
    $('range-choice').hidden = !exercise.can_range;
    $('provider-page').href = `for-your-doctor?exercise=${encodeURIComponent(exercise.id)}`;
    this.fillProvider();
    this.fillDose();
  }

  fillProvider() {
    const { exercise, welcome } = this;
    const said = exercise.provider;
    $('provider-ask').replaceChildren(welcome.provider, ...(said ? [make('span', { className: 'small' }, ` Entered on ${said.day}.`)] : []));
    const radio = (allows, label) => make('label', {}, make('input', { type: 'radio', name: 'provider', checked: (said?.allows ?? null) === allows,
      onchange: () => this.onProvider({ type: 'provider', exercise: exercise.id, allows }) }), label);
    $('provider').querySelector('div').replaceChildren(radio(null, 'Nothing'), radio(true, 'Yes'), radio(false, 'No'));
  }

  fillDose() {
    const { exercise, dose, welcome } = this;
    const isBlocked = dose.verdict === 'block';
    $('reps').value = welcome.reps ?? dose.reps;
    $('sets').value = welcome.sets ?? dose.sets;
    $('ruling').hidden = dose.verdict === 'fine';
    $('ruling').className = `ruling ${dose.verdict}`;
    const words = [isBlocked ? 'Not for you right now.' : 'With care.', dose.why, dose.source && `(${dose.source})`, dose.judgement];
    $('ruling').replaceChildren(words.filter(Boolean).join(' '));
    if (dose.has_way_on) {
      $('ruling').append(' ', make('a', { href: $('provider-page').href, target: '_blank', rel: 'noopener' }, 'Show this to your doctor or physiotherapist'));
    }
    const notes = [dose.note, dose.pain, ...exercise.cautions, exercise.burden].filter(Boolean);
    $('cautions').hidden = isBlocked;
    $('cautions').replaceChildren(...notes.map((note) => make('li', {}, note)));
    $('agree-choice').hidden = isBlocked || !dose.agree;
    $('agree-text').textContent = dose.agree;
    $('agree').checked = false;
    this.allow();
  }

  // What has to be said first is said for each start anew.
  allow() {
    $('start').disabled = this.dose.verdict === 'block' || (!!this.dose.agree && !$('agree').checked);
  }

  message() {
    const number = (id, most) => Math.min(most, Math.max(1, Math.round(Number($(id).value)) || 1));
    return { type: 'start', exercise: this.exercise.id, dose: this.dose.id, reps: number('reps', 100), sets: number('sets', 20), keep: $('keep').checked,
      own_range: this.exercise.can_range && $('range').checked, agreed: $('agree').checked };
  }
}

export function showPain(pain, rule, onAnswer) {
  if (document.body.dataset.screen === 'painful') return;
  let level = null;
  $('pain-ask').textContent = pain.ask;
  $('pain-fine').textContent = rule;
  levels($('levels'), (value) => { level = value; $('answer').disabled = false; });
  for (const label of $('words').querySelectorAll('label')) label.remove();
  $('words').append(...pain.words.map(({ id, say, key }) => make('label', {}, make('input', { type: 'checkbox', value: id }), say, make('kbd', {}, key.toUpperCase()))));
  $('answer').disabled = true;
  $('answer').onclick = () => {
    const words = [...$('words').querySelectorAll('input:checked')].map(({ value }) => value);
    onAnswer({ type: 'pain', level, words });
  };
  showScreen('painful');
}

// 0 to 9, or T for 10, and the letter of a kind of pain.
export function pressPain(pain, key) {
  const level = key === 't' ? 10 : Number(/^\d$/.test(key) ? key : NaN);
  if (!Number.isNaN(level)) $('levels').children[level].click();
  const word = pain.words.find((one) => one.key === key);
  if (word) $('words').querySelector(`input[value=${word.id}]`).click();
  if (!word && Number.isNaN(level)) return false;
  $('answer').focus(); // Enter saves
  return true;
}

export function showSummary(summary, flow, exercise, onLeave) {
  $('sum-title').textContent = summary.title;
  const advice = flow?.pain_advice || summary.trouble;
  $('sum-advice').hidden = !advice;
  $('sum-advice').textContent = advice;
  $('sum-provider').hidden = !flow?.painful;
  $('sum-provider').firstChild.href = `for-your-doctor?exercise=${encodeURIComponent(exercise?.id ?? '')}`;
  const tile = (big, small) => make('div', {}, make('b', {}, String(big)), make('span', {}, small));
  const tiles = summary.sets.map((set, i) => tile(set.done, summary.sets.length > 1 ? `set ${i + 1}` : 'counted'));
  const good = summary.sets.reduce((sum, set) => sum + set.good, 0);
  tiles.push(tile(good, 'with good form'));
  if (summary.best_hold_s > 0) tiles.push(tile(`${summary.best_hold_s.toFixed(1)} s`, 'best hold'));
  $('sum-sets').replaceChildren(...tiles);
  $('sum-faults').replaceChildren(summary.to_correct.length
    ? make('ul', {}, ...summary.to_correct.map((line) => make('li', {}, line)))
    : make('p', {}, summary.nothing_to_correct));
  $('sum-report').replaceChildren(...summary.reports.map((address, i) => make('a', { href: address, target: '_blank', rel: 'noopener' },
    summary.reports.length > 1 ? `Report, part ${i + 1} ` : 'Open the report ')));
  $('sum-replays').replaceChildren(...summary.replays.map(({ address, number }) => make('figure', {},
    make('video', { src: address, controls: true, muted: true, playsInline: true }), make('figcaption', {}, `Rep ${number}`))));
  $('sum-folder').textContent = `Saved in ${summary.folder}`;
  $('again').onclick = onLeave;
  showScreen('summary');
}
