// Names of nodes, drawn here and not by vis-network: letters stay readable however far one zooms out, no name ever covers
// another, and the names of weighty nodes come first; zooming in makes room for the rest.  `labels` tells what is shown.
const labels = (function () {
  const SMALLEST = 11;
  const LARGEST = 22;
  const LINE = 1.2;
  const GAP = 2;
  const WRITTEN_ON = 7;
  const HALOES = 250;
  const CELL = 120;
  const shown = [];
  const widths = new Map();
  let marked = new Set();

  // Names in the order in which they take their room: what was chosen, what the view is about, then by size
  const order = nodes.get().sort((one, other) => (other.centre || 0) - (one.centre || 0) || other.size - one.size);

  function width(context, text, size) {
    if (!widths.has(text)) {
      context.font = `100px ${network.body.nodes[order[0].id].options.font.face}`;
      widths.set(text, context.measureText(text).width / 100);
    }
    return widths.get(text) * size;
  }

  // Boxes already taken, by the cells of a grid that they touch
  function Room() {
    const cells = new Map();
    const touched = (box) => {
      const keys = [];
      for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++)
        for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) keys.push(x * 10000 + y);
      return keys;
    };
    const apart = (one, other) =>
      one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
    this.hold = (box) => {
      for (const key of touched(box)) cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box]);
    };
    this.isFree = (box) => touched(box).every((key) => (cells.get(key) || []).every((other) => apart(box, other)));
  }

  function draw(context) {
    const scale = network.getScale();
    const { clientWidth, clientHeight } = network.canvas.frame.canvas;
    const room = new Room();
    shown.length = 0;
    if (!order.length) return;
    const face = network.body.nodes[order[0].id].options.font.face;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    // large nodes are not written on
    for (const { x, y, options } of Object.values(network.body.nodes)) {
      const radius = options.size * scale * 0.8;
      if (options.hidden || radius < WRITTEN_ON) continue;
      const middle = network.canvasToDOM({ x, y });
      const [left, right, top, bottom] = [middle.x - radius, middle.x + radius, middle.y - radius, middle.y + radius];
      room.hold({ left, right, top, bottom });
    }
    const first = order.filter((item) => marked.has(item.id));
    for (const item of first.length ? [...first, ...order.filter((each) => !marked.has(each.id))] : order) {
      const node = network.body.nodes[item.id];
      if (node.options.hidden || !item.label) continue;
      const size = Math.min(Math.max(item.font.size * scale, SMALLEST), LARGEST);
      const middle = network.canvasToDOM({ x: node.x, y: node.y });
      if (middle.x < 0 || middle.x > clientWidth || middle.y < 0 || middle.y > clientHeight) continue;
      const half = width(context, item.label, size) / 2;
      const box = (top) => ({ left: middle.x - half, right: middle.x + half, top, bottom: top + LINE * size });
      const [below, above] = [middle.y + item.size * scale + GAP, middle.y - item.size * scale - GAP - LINE * size];
      const place = [box(below), box(above)].find(room.isFree);
      if (!place) continue;
      room.hold(place);
      shown.push({ id: item.id, text: item.label, size, ...place });
      const at = network.DOMtoCanvas({ x: middle.x, y: place.top });
      context.globalAlpha = marked.size && !marked.has(item.id) ? 0.25 : 1;
      context.font = `${size / scale}px ${face}`;
      if (shown.length <= HALOES) {
        // white around the letters takes half of the time: the names of a crowd do without it
        context.lineWidth = 3 / scale;
        context.strokeStyle = "#ffffff";
        context.strokeText(item.label, at.x, at.y);
      }
      context.fillStyle = "#222222";
      context.fillText(item.label, at.x, at.y);
    }
    context.globalAlpha = 1;
  }

  network.on("afterDrawing", draw);
  // the font that comes along is known to the canvas only when it has been read
  if (document.fonts) document.fonts.ready.then(() => { widths.clear(); network.redraw(); });
  return { shown, mark: (ids) => { marked = new Set(ids); network.redraw(); } };
})();
