// The connection to formcheck on this machine; it comes back by itself after a break.

const AGAIN_MS = 800;

export class Link {
  constructor({ onMessage, onPicture, onState }) {
    this.handlers = { onMessage, onPicture, onState };
    this.open();
  }

  open() {
    const address = new URL('talk', document.baseURI);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    this.socket = new WebSocket(address);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => this.handlers.onState(true);
    this.socket.onclose = () => {
      this.handlers.onState(false);
      if (!this.isReplaced) setTimeout(() => this.open(), AGAIN_MS);
    };
    this.socket.onmessage = ({ data }) => {
      if (typeof data !== 'string') { this.handlers.onPicture(data); return; }
      const message = JSON.parse(data);
      if (message.type === 'replaced') this.isReplaced = true;
      this.handlers.onMessage(message);
    };
  }

  get isOpen() { return this.socket.readyState === WebSocket.OPEN; }

  say(message) { if (this.isOpen) this.socket.send(JSON.stringify(message)); }

  sendBytes(bytes) { if (this.isOpen) this.socket.send(bytes); }
}
