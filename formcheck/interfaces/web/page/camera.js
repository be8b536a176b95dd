// The camera: found by name, watched for trouble, and its frames sent two at a time, never queued.

const MAX_SIDE = 640;
const QUALITY = 0.7;
const IN_FLIGHT = 2;
const LOST_MS = 1500;
const RETRY_MS = 1500;
const MAGIC = 0x31464346; // "FCF1"

export const TROUBLE = {
  NotAllowedError: 'The camera was refused. Allow it to the left of the address bar, then choose it again.',
  NotFoundError: 'No camera was found. Plug one in, and formcheck will use it.',
  NotReadableError: 'The camera is busy. Close the other program that uses it.',
  AbortError: 'The camera did not start. Unplug it and plug it in again.',
  OverconstrainedError: 'That camera is no longer there. Choose another.',
  insecure: 'This address may not use the camera. Open the address that formcheck printed.',
  unplugged: 'The camera is gone. Plug it in again: the set goes on where it was.',
  frozen: 'The camera sends no picture. Check it, or choose another.',
};

export class Camera {
  constructor({ onTrouble, onBack, onFrame }) {
    this.onFrame = onFrame;
    this.onTrouble = onTrouble;
    this.onBack = onBack;
    this.video = document.createElement('video');
    this.video.muted = this.video.playsInline = true;
    this.kept = new Map();
    this.number = 0;
    this.send = null;
    this.sent = 0;
    navigator.mediaDevices?.addEventListener('devicechange', () => { if (this.isWanted && !this.isOn) this.retry(); });
    setInterval(() => this.watch(), 500);
  }

  get isOn() { return Boolean(this.stream?.getVideoTracks().some((track) => track.readyState === 'live' && !this.isGone)); }

  async list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices.filter((device) => device.kind === 'videoinput');
  }

  async open(id = this.id) {
    this.close();
    this.isWanted = true;
    this.id = id;
    if (!navigator.mediaDevices) { this.fail('insecure'); return false; }
    const wish = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
    if (id) wish.deviceId = { exact: id };
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
    } catch (error) {
      this.fail(error.name);
      return false;
    }
    this.isGone = false;
    const track = this.stream.getVideoTracks()[0];
    this.id = track.getSettings().deviceId ?? id;
    this.name = track.label;
    track.addEventListener('ended', () => { this.isGone = true; this.fail('unplugged'); });
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => {});
    this.lastFrame = performance.now();
    this.hadTrouble && this.onBack();
    this.hadTrouble = false;
    this.wait();
    return true;
  }

  fail(kind) {
    this.hadTrouble = true;
    this.onTrouble(TROUBLE[kind] ?? `The camera cannot be used (${kind}).`, kind);
    clearTimeout(this.retrying);
    if (kind !== 'NotAllowedError' && kind !== 'insecure') this.retrying = setTimeout(() => this.retry(), RETRY_MS);
  }

  async retry() {
    if (!this.isWanted || this.isOn) return;
    const there = await this.list();
    if (!there.length) { this.fail('NotFoundError'); return; }
    await this.open(there.some((device) => device.deviceId === this.id) ? this.id : undefined);
  }

  close() {
    clearTimeout(this.retrying);
    this.isWanted = false;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.kept.clear();
  }

  watch() {
    if (this.isWanted && this.isOn && !this.hadTrouble && document.visibilityState === 'visible'
        && performance.now() - this.lastFrame > LOST_MS) {
      this.hadTrouble = true;
      this.onTrouble(TROUBLE.frozen, 'frozen');
    }
  }

  wait() {
    const stream = this.stream;
    this.video.requestVideoFrameCallback((now, facts) => {
      if (stream !== this.stream || this.isGone) return;
      this.lastFrame = performance.now();
      if (this.hadTrouble) { this.hadTrouble = false; this.onBack(); }
      this.wait();
      this.onFrame(this.video);
      if (this.send && this.kept.size < IN_FLIGHT) this.ship(facts.captureTime ?? now);
    });
  }

  async ship(captured) {
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth) return;
    const scale = Math.min(1, MAX_SIDE / Math.max(videoWidth, videoHeight));
    const width = Math.round(videoWidth * scale);
    const height = Math.round(videoHeight * scale);
    const number = ++this.number;
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d', { alpha: false }).drawImage(this.video, 0, 0, width, height);
    this.kept.set(number, { canvas, captured });
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    const bytes = new Uint8Array(16 + blob.size);
    const head = new DataView(bytes.buffer);
    head.setUint32(0, MAGIC, true);
    head.setUint32(4, number, true);
    head.setFloat64(8, captured, true);
    bytes.set(new Uint8Array(await blob.arrayBuffer()), 16);
    this.sent += 1;
    this.send?.(bytes);
  }

  // The picture that an answer speaks of; it and all before it have landed.
  landed(number) {
    const picture = this.kept.get(number);
    for (const older of [...this.kept.keys()]) if (older <= number) this.kept.delete(older);
    return picture;
  }

  lostAll() { this.kept.clear(); }
}
