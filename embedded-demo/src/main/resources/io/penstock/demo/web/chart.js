// Line charts with axes, whose points can be read off with the pointer or the arrow keys.

/** A round number that fits about count times into a range, and at most one and a half times as often. */
function roundStep(range, count) {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find(factor => factor * power >= rough * 0.67);
}

/** Round numbers from low to high. */
function ticksOf(low, high, step) {
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    ticks.push(i * step + 0); // no -0
  }
  return ticks;
}

function roundTicks(low, high, count) {
  return ticksOf(low, high, roundStep(high - low, count));
}

/** Up to about count beginnings of hours or days. */
function timeTicks(low, high, count) {
  const steps = [1, 3, 6, 12].map(hours => hours * HOUR_MS).concat([1, 2, 4, 7, 14, 28, 56].map(days => days * DAY_MS));
  const step = steps.find(each => (high - low) / each <= count) ?? 112 * DAY_MS;
  const ticks = [];
  for (let time = Math.ceil(low / step) * step; time <= high; time += step) {
    ticks.push(time);
  }
  return ticks;
}

class Chart {
  /**
   * @param id of its element; what is read off goes into the element of that id with "Readout"
   * @param options xTicks(low, high, count), xText(x), yText(y), yLow (from where on it is drawn, if that is fixed),
   *     yStep (the least range), read(x, ys), hint, empty (what to say instead of a chart), tell(data)
   */
  constructor(id, options) {
    this.host = byId(id);
    this.readout = byId(`${id}Readout`);
    this.options = options;
    this.data = {x: [], lines: [], marks: []};
    this.chosen = null;
    this.host.addEventListener('pointermove', event => this.choose(this.nearest(event.offsetX)));
    this.host.addEventListener('pointerleave', () => this.choose(null));
    this.host.addEventListener('blur', () => this.choose(null));
    this.host.addEventListener('keydown', event => this.onKey(event));
    new ResizeObserver(() => requestAnimationFrame(() => this.render())).observe(this.host);
  }

  /** @param data x: numbers that rise; lines: {className, name, area, y}, where y may be null; marks: {x, text} */
  show(data) {
    const follows = this.chosen !== null && this.chosen === this.data.x.length - 1;
    this.data = data;
    if (follows || this.chosen >= data.x.length) {
      this.chosen = data.x.length - 1;
    }
    this.host.setAttribute('aria-label', this.options.tell(data));
    this.render();
  }

  choose(index) {
    this.chosen = index;
    this.render();
  }

  onKey(event) {
    const last = this.data.x.length - 1;
    const moves = {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -last, End: last};
    if (event.key in moves && last >= 0) {
      event.preventDefault();
      this.choose(Math.min(last, Math.max(0, (this.chosen ?? last) + moves[event.key])));
    } else if (event.key === 'Escape') {
      this.choose(null);
    }
  }

  nearest(pixel) {
    if (!this.scale || this.data.x.length === 0) {
      return null;
    }
    const distances = this.data.x.map(x => Math.abs(this.scale.x(x) - pixel));
    return distances.indexOf(Math.min(...distances));
  }

  render() {
    const width = this.host.clientWidth;
    const height = this.host.clientHeight;
    const {x, lines} = this.data;
    const values = lines.flatMap(line => line.y).filter(y => y !== null);
    if (width === 0 || values.length < 2 || x[0] === x[x.length - 1]) {
      this.scale = null;
      this.host.replaceChildren(build('p', 'empty', this.options.empty));
      this.tell('');
      return;
    }
    this.scale = this.scales(width, height, values);
    const svg = draw('svg', {'aria-hidden': 'true'});
    this.axes(svg, width, height);
    this.marks(svg);
    lines.forEach(line => this.line(svg, line));
    this.names(svg);
    this.cross(svg);
    this.host.replaceChildren(svg);
    this.tell(this.chosen === null ? this.options.hint : this.options.read(
        x[this.chosen], lines.map(line => line.y[this.chosen])));
  }

  /** The same once more would be read out once more. */
  tell(text) {
    if (this.readout.textContent !== text) {
      this.readout.textContent = text;
    }
  }

  scales(width, height, values) {
    const {x, lines} = this.data;
    const inner = {left: 44, right: width - (lines.some(line => line.name) ? 104 : 8), top: 12, bottom: height - 20};
    let low = this.options.yLow ?? Math.min(...values);
    let high = Math.max(...values, low + this.options.yStep);
    const step = roundStep(high - low, Math.max(2, Math.round((inner.bottom - inner.top) / 50)));
    low = this.options.yLow ?? Math.floor(low / step + 1e-9) * step;
    high = Math.ceil(high / step - 1e-9) * step;
    const from = x[0];
    const to = x[x.length - 1];
    return {
      inner, ticks: ticksOf(low, high, step), from, to,
      x: value => inner.left + (value - from) / (to - from) * (inner.right - inner.left),
      y: value => inner.bottom - (value - low) / (high - low) * (inner.bottom - inner.top),
    };
  }

  axes(svg, width, height) {
    const {inner, ticks, from, to} = this.scale;
    for (const tick of ticks) {
      const y = Math.round(this.scale.y(tick)) + 0.5;
      svg.append(
          draw('line', {class: 'gridline', x1: inner.left, x2: inner.right, y1: y, y2: y}),
          draw('text', {x: inner.left - 8, y: y + 4, 'text-anchor': 'end'}, this.options.yText(tick)));
    }
    svg.append(draw('line', {
      class: 'axis', x1: inner.left, x2: inner.right, y1: inner.bottom + 0.5, y2: inner.bottom + 0.5}));
    for (const tick of this.options.xTicks(from, to, Math.max(2, Math.floor((inner.right - inner.left) / 58)))) {
      const x = Math.round(this.scale.x(tick)) + 0.5;
      svg.append(
          draw('line', {class: 'axis', x1: x, x2: x, y1: inner.bottom, y2: inner.bottom + 4}),
          draw('text', {x, y: height - 3, 'text-anchor': 'middle'}, this.options.xText(tick)));
    }
  }

  marks(svg) {
    const {inner, from, to} = this.scale;
    for (const mark of this.data.marks) {
      if (mark.x >= from && mark.x <= to) {
        const x = Math.round(this.scale.x(mark.x)) + 0.5;
        const isLeft = x > (inner.left + inner.right) / 2;
        svg.append(
            draw('line', {class: 'mark', x1: x, x2: x, y1: inner.top - 8, y2: inner.bottom}),
            draw('text', {class: 'mark halo', x: isLeft ? x - 6 : x + 6, y: inner.top + 2,
              'text-anchor': isLeft ? 'end' : 'start'}, mark.text));
      }
    }
  }

  line(svg, line) {
    const {inner} = this.scale;
    const points = this.data.x.map((x, i) => [x, line.y[i]]).filter(([, y]) => y !== null)
        .map(([x, y]) => [this.scale.x(x).toFixed(1), this.scale.y(y).toFixed(1)]);
    if (points.length === 0) {
      return;
    }
    const path = `M${points.map(point => point.join(' ')).join('L')}`;
    if (line.area) {
      svg.append(draw('path', {class: 'area', d: `${path}V${inner.bottom}H${points[0][0]}Z`}));
    }
    svg.append(draw('path', {class: `line ${line.className}`, d: path}));
  }

  /** At the right, each beside the end of its line, but none upon another. */
  names(svg) {
    const {inner} = this.scale;
    const ends = this.data.lines.filter(line => line.name && line.y.some(y => y !== null))
        .map(line => ({line, y: this.scale.y(line.y.filter(y => y !== null).pop()) + 4})).sort((a, b) => a.y - b.y);
    for (let i = 1; i < ends.length; i++) {
      ends[i].y = Math.max(ends[i].y, ends[i - 1].y + 15);
    }
    for (const {line, y} of ends) {
      svg.append(draw('text', {class: line.className, x: inner.right + 8, y}, line.name));
    }
  }

  cross(svg) {
    if (this.chosen === null) {
      return;
    }
    const x = this.scale.x(this.data.x[this.chosen]);
    svg.append(draw('line', {class: 'cross', x1: x, x2: x, y1: this.scale.inner.top, y2: this.scale.inner.bottom}));
    for (const line of this.data.lines) {
      const y = line.y[this.chosen];
      if (y !== null) {
        svg.append(draw('circle', {class: `at ${line.className}`, cx: x, cy: this.scale.y(y), r: 3.5}));
      }
    }
  }
}
