// Draws the analysed picture, mirrored, with the skeleton and the judged line over it.

const BONES = [[11, 12], [23, 24], [11, 23], [12, 24], [11, 13], [13, 15], [12, 14], [14, 16], [23, 25], [25, 27],
  [24, 26], [26, 28], [27, 29], [29, 31], [27, 31], [28, 30], [30, 32], [28, 32], [7, 11], [8, 12]];
const VISIBLE = 0.5;
const COLOURS = { true: '#5fe0b0', false: '#ffc457', null: '#ffffff' };
const MARKS = { true: '✓', false: '!', null: '' };
const INK = '#05090acc';

export class Picture {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
  }

  draw(image, width, height, view) {
    const { canvas, context } = this;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(-1, 0, 0, 1, width, 0);
    context.drawImage(image, 0, 0, width, height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (!view.body) return;
    const at = view.body.map(([x, y]) => [(1 - x) * width, y * height]);
    const seen = view.body.map(([, , visibility]) => visibility >= VISIBLE);
    const pen = Math.min(width, height) / 110;
    this.skeleton(at, seen, view.near, pen);
    this.taken = [];
    for (const reading of view.judged?.readings ?? []) this.reading(reading, at, pen, view.judged.floor_deg);
  }

  line(from, to, colour, width) {
    const { context } = this;
    context.lineCap = 'round';
    for (const [stroke, extra] of [[INK, width * 0.9], [colour, 0]]) {
      context.strokeStyle = stroke;
      context.lineWidth = width + extra;
      context.beginPath();
      context.moveTo(...from);
      context.lineTo(...to);
      context.stroke();
    }
  }

  skeleton(at, seen, near, pen) {
    const isFar = (index) => near && index > 6 && (index % 2 === 1) !== (near === 'left');
    const bones = BONES.filter(([a, b]) => seen[a] && seen[b]);
    for (const far of [true, false]) {
      for (const [a, b] of bones) {
        if (Boolean(isFar(a) || isFar(b)) !== far) continue;
        this.line(at[a], at[b], far ? '#9fb3b5' : '#ffffff', far ? pen * 0.55 : pen);
      }
    }
  }

  reading(reading, at, pen, floor) {
    const colour = COLOURS[reading.ok];
    const points = reading.at.map((index) => at[index]);
    if (reading.shape === 'angle' && points.length === 3) {
      this.line(points[0], points[1], colour, pen * 1.5);
      this.line(points[1], points[2], colour, pen * 1.5);
      this.label(reading, points[1], colour, pen);
    } else if (reading.shape === 'tilt' && points.length >= 2) {
      const [root, tip] = points;
      const length = Math.hypot(tip[0] - root[0], tip[1] - root[1]);
      const turn = (-floor * Math.PI) / 180;
      const way = Math.sign(tip[0] - root[0]) || 1;
      const { context } = this;
      context.setLineDash([pen * 2, pen * 2]);
      this.line(root, [root[0] + way * length * Math.cos(turn), root[1] - way * length * Math.sin(turn)], colour, pen * 0.6);
      context.setLineDash([]);
      this.line(root, tip, colour, pen * 1.5);
      this.label(reading, root, colour, pen);
    }
  }

  // The value beside what it was read from, once it is judged; below a label that is there already.
  label(reading, [x, y], colour, pen) {
    if (reading.ok === null) return;
    const { context, canvas } = this;
    const text = `${MARKS[reading.ok]} ${reading.text}`;
    const size = pen * 5.2;
    context.font = `700 ${size}px system-ui, "DejaVu Sans", sans-serif`;
    const width = context.measureText(text).width + size;
    const left = Math.min(Math.max(x - width / 2, 2), canvas.width - width - 2);
    const above = y - size * 2.4;
    let top = above > 2 ? above : y + size;
    const meets = (box) => left < box.right && left + width > box.left && top < box.bottom && top + size * 1.5 > box.top;
    for (let box = this.taken.find(meets); box; box = this.taken.find(meets)) top = box.bottom + 2;
    this.taken.push({ left, right: left + width, top, bottom: top + size * 1.5 });
    context.fillStyle = INK;
    context.beginPath();
    context.roundRect(left, top, width, size * 1.5, size * 0.4);
    context.fill();
    context.fillStyle = colour;
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    context.fillText(text, left + width / 2, top + size * 0.8);
  }
}
