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
  const first = { health: '#questions input', choose: '#start', painful: '#levels button', summary: '#again', stage: '#pause' }[name];
  if (first) document.querySelector(`#${name} ${first}`)?.focus({ preventScroll: true });
}

function question(id, ask, given) {
  const radio = (value, label) => make('label', {},
    make('input', { type: 'radio', name: id, value, required: true, checked: given === (value === 'yes') && given !== undefined }), label);
  return make('fieldset', { className: 'question' }, make('legend', {}, ask), make('div', {}, radio('no', 'No'), radio('yes', 'Yes')));
}

export function showHealth(welcome, onSave) {
  $('health-notice').textContent = welcome.notice;
  const given = welcome.health;
  $('questions').replaceChildren(
    ...welcome.conditions.map(({ id, ask }) => question(id, ask, given?.answers[id])),
    question('agreed', welcome.agreement, given?.agreed));
  $('health-form').onsubmit = (event) => {
    event.preventDefault();
    const said = new FormData($('health-form'));
    const answers = Object.fromEntries(welcome.conditions.map(({ id }) => [id, said.get(id) === 'yes']));
    onSave({ type: 'health', answers, agreed: said.get('agreed') === 'yes' });
  };
  showScreen('health');
}

export class Choice {
  constructor(onChange) {
    this.onChange = onChange;
    $('exercise').onchange = () => this.pick();
    $('dose').onchange = () => this.fillDose();
  }

  show(welcome) {
    this.welcome = welcome;
    const before = $('exercise').value || welcome.exercise;
    $('exercise').replaceChildren(...welcome.exercises.map(({ id, title, verdict }) =>
      make('option', { value: id }, verdict === 'block' ? `${title} – not for you right now` : title)));
    const wanted = welcome.exercises.some(({ id }) => id === before) ? before : welcome.exercises.find(({ rating }) => rating === 'measured')?.id;
    $('exercise').value = wanted ?? welcome.exercises[0].id;
    $('camera-choice').hidden = welcome.own_camera;
    this.pick();
  }

  get exercise() { return this.welcome.exercises.find(({ id }) => id === $('exercise').value); }

  get dose() { return this.exercise.doses.find(({ id }) => id === $('dose').value); }

  pick() {
    const { exercise, welcome } = this;
    $('dose').replaceChildren(...exercise.doses.map(({ id, title }) => make('option', { value: id }, title)));
    if (exercise.doses.some(({ id }) => id === welcome.dose)) $('dose').value = welcome.dose;
    $('reps-label').textContent = exercise.timed ? 'Holds a set' : 'Reps a set';
    $('place').textContent = exercise.place;
    $('say').textContent = exercise.say;
    $('ruling').hidden = exercise.verdict === 'fine';
    $('ruling').className = `ruling ${exercise.verdict}`;
    $('ruling').textContent = `${exercise.verdict === 'block' ? 'Not for you right now. ' : 'With care. '}${exercise.why} (${exercise.source})`;
    $('range-choice').hidden = !exercise.can_range;
    $('start').disabled = exercise.verdict === 'block';
    this.fillDose();
    this.onChange();
  }

  fillDose() {
    $('reps').value = this.welcome.reps ?? this.dose.reps;
    $('sets').value = this.welcome.sets ?? this.dose.sets;
  }

  message() {
    const number = (id, most) => Math.min(most, Math.max(1, Math.round(Number($(id).value)) || 1));
    return { type: 'start', exercise: this.exercise.id, dose: this.dose.id, reps: number('reps', 100), sets: number('sets', 20), keep: $('keep').checked,
      own_range: this.exercise.can_range && $('range').checked };
  }
}

export function showPain(pain, onAnswer) {
  if (document.body.dataset.screen === 'painful') return;
  let level = null;
  $('pain-ask').textContent = pain.ask;
  $('pain-fine').textContent = pain.fine;
  const press = (value) => {
    level = value;
    for (const button of $('levels').children) button.setAttribute('aria-pressed', String(Number(button.textContent) === value));
    $('answer').disabled = false;
  };
  $('levels').replaceChildren(...Array.from({ length: 11 }, (_, value) =>
    make('button', { type: 'button', 'aria-pressed': 'false', onclick: () => press(value) }, String(value))));
  for (const label of $('words').querySelectorAll('label')) label.remove();
  $('words').append(...pain.stop_words.map((word) => make('label', {}, make('input', { type: 'checkbox', value: word }), word)));
  $('answer').disabled = true;
  $('answer').onclick = () => {
    const words = [...$('words').querySelectorAll('input:checked')].map(({ value }) => value);
    onAnswer({ type: 'pain', level, words });
  };
  showScreen('painful');
}

export function showSummary(summary, flow, pain, onLeave) {
  $('sum-title').textContent = summary.title;
  $('sum-advice').hidden = !flow?.painful && !summary.trouble;
  $('sum-advice').textContent = flow?.painful ? pain.stop : summary.trouble;
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
