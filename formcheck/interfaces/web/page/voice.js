// Says lines aloud: with the browser's voice; else with one of this machine; else with tones.

const PATIENCE_MS = 1500;
const TONES = { count: [[660, 0.12]], tick: [[880, 0.09]], fault: [[392, 0.16], [330, 0.2]], hint: [[440, 0.16]], safety: [[220, 0.3], [220, 0.3]],
  lost: [[294, 0.2]], praise: [[523, 0.1], [659, 0.1], [784, 0.16]], flow: [[523, 0.14], [392, 0.18]], side: [[494, 0.12], [494, 0.12]], setup: [[349, 0.14]], breath: [[262, 0.25]] };

export class Voice {
  constructor() {
    this.isMuted = false;
    this.way = 'browser';
    this.spoken = [];
    this.sounds = new Map();
  }

  // In the click that starts a session: only then may a page make sounds.
  unlock() {
    this.audio ??= new AudioContext();
    this.audio.resume();
    if (!('speechSynthesis' in window)) this.way = 'machine';
    setTimeout(() => { if (this.way === 'browser' && !speechSynthesis.getVoices().length) this.way = 'machine'; }, PATIENCE_MS);
  }

  mute(isMuted) {
    this.isMuted = isMuted;
    if (isMuted) this.hush();
  }

  hush() {
    window.speechSynthesis?.cancel();
    this.playing?.stop();
    this.playing = null;
  }

  say(line) {
    if (this.spoken.at(-1)?.kind === 'setup' && line.kind !== 'setup') this.hush();
    this.spoken.push(line);
    if (this.spoken.length > 200) this.spoken.shift();
    if (this.isMuted) return;
    if (this.way === 'browser') this.byBrowser(line);
    else if (this.way === 'machine') this.byMachine(line);
    else this.tone(line.kind);
  }

  byBrowser(line) {
    const speech = new SpeechSynthesisUtterance(line.text);
    speech.lang = 'en';
    speech.rate = line.kind === 'count' || line.kind === 'tick' ? 1.2 : 1;
    const voices = speechSynthesis.getVoices();
    speech.voice = voices.find((voice) => voice.localService && voice.lang.startsWith('en')) ?? null;
    if (!speech.voice) { this.way = 'machine'; this.byMachine(line); return; }
    if (line.kind === 'safety') speechSynthesis.cancel();
    speech.onerror = ({ error }) => {
      if (error === 'interrupted' || error === 'canceled') return;
      this.way = 'machine';
      this.byMachine(line);
    };
    speechSynthesis.speak(speech);
  }

  async byMachine(line) {
    if (!this.audio) return;
    try {
      if (!this.sounds.has(line.text)) {
        const answer = await fetch(`voice?text=${encodeURIComponent(line.text)}`);
        if (!answer.ok) throw new Error('no voice');
        this.sounds.set(line.text, await this.audio.decodeAudioData(await answer.arrayBuffer()));
      }
      if (line.kind === 'safety') this.playing?.stop();
      this.playing = this.audio.createBufferSource();
      this.playing.buffer = this.sounds.get(line.text);
      this.playing.connect(this.audio.destination);
      this.playing.start();
    } catch {
      this.way = 'tones';
      this.tone(line.kind);
    }
  }

  tone(kind) {
    if (!this.audio) return;
    let at = this.audio.currentTime;
    for (const [hertz, seconds] of TONES[kind] ?? TONES.flow) {
      const oscillator = this.audio.createOscillator();
      const gain = this.audio.createGain();
      oscillator.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
      oscillator.connect(gain).connect(this.audio.destination);
      oscillator.start(at);
      oscillator.stop(at + seconds);
      at += seconds;
    }
  }
}
