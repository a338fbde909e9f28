// Airports of the United States, drawn from nothing but their coordinates: where many airports are, there is land.

const LATE_FROM = [0, 0.15, 0.20, 0.25, 0.30];
const LATE_NAMES = ['below 15 %', '15 to 20 %', '20 to 25 %', '25 to 30 %', '30 % and more late'];
const LABELS_MAX = 10;
/** In pixels; a narrower map has no room for them. */
const CAPTIONS_FROM = 620;

function lateClass(share) {
  return `late-${LATE_FROM.findLastIndex(from => share >= from)}`;
}

/** Albers' conic projection, which keeps areas; of degrees, centred, y downwards, in units of the earth's radius. */
function albers(parallelSouth, parallelNorth, meridian, centreLatitude) {
  const radians = Math.PI / 180;
  const sine = Math.sin(parallelSouth * radians);
  const n = (sine + Math.sin(parallelNorth * radians)) / 2;
  const c = Math.cos(parallelSouth * radians) ** 2 + 2 * n * sine;
  const radius = latitude => Math.sqrt(c - 2 * n * Math.sin(latitude * radians)) / n;
  const centre = radius(centreLatitude);
  return (longitude, latitude) => {
    const angle = n * (longitude - meridian) * radians;
    const r = radius(latitude);
    return [r * Math.sin(angle), r * Math.cos(angle) - centre];
  };
}

/** The mainland in its place; the others beside it, framed, where they find room. The first that holds a point has it. */
const REGIONS = [
  {box: [-125, -66, 24, 50], project: albers(29.5, 45.5, -96, 37.9), scale: 1, at: [0, 0]},
  {box: [-190, -129, 51, 72], project: albers(55, 65, -152, 62.5), scale: 0.37, at: [-0.315, 0.185],
    name: 'Alaska', frame: [-0.445, 0.098, 0.235, 0.172]},
  {box: [-161, -154, 18, 23], project: albers(8, 18, -157.4, 20.6), scale: 1, at: [-0.135, 0.222],
    name: 'Hawaii', frame: [-0.2, 0.172, 0.128, 0.098]},
  {box: [-68, -64, 17, 19], project: albers(8, 18, -65.9, 18.2), scale: 1, at: [0.392, 0.221],
    name: 'Puerto Rico', frame: [0.345, 0.17, 0.1, 0.085]},
];
const WORLD = {left: -0.452, top: -0.24, width: 0.904, height: 0.516};

/** In units of the world, or null if it is on none of the maps. */
function project(longitude, latitude) {
  const west = longitude > 0 ? longitude - 360 : longitude;
  const region = REGIONS.find(({box}) => west >= box[0] && west <= box[1] && latitude >= box[2] && latitude <= box[3]);
  if (!region) {
    return null;
  }
  const [x, y] = region.project(west, latitude);
  return [region.at[0] + region.scale * x, region.at[1] + region.scale * y];
}

function byLateness(a, b) {
  return b.lateShare - a.lateShare || (a.iata < b.iata ? -1 : 1);
}

function describe(airport) {
  return `${airport.iata}, ${airport.name}, ${airport.city}: ${percent(airport.lateShare)} late of `
      + `${whole.format(airport.outcomes)} flights`;
}

class AirportMap {
  constructor(host, readout) {
    this.host = host;
    this.readout = readout;
    this.places = [];
    this.airports = [];
    this.chosen = null;
    this.host.addEventListener('keydown', event => this.onKey(event));
    this.host.addEventListener('blur', () => this.choose(null));
    this.host.addEventListener('pointerover', event => this.choose(event.target.dataset?.iata ?? null));
    this.host.addEventListener('pointerleave', () => this.choose(null));
    new ResizeObserver(() => requestAnimationFrame(() => this.renderAll())).observe(this.host);
    for (let i = 0; i < LATE_FROM.length; i++) {
      byId('mapLegend').append(build('li', '', build('span', `late-${i}`), LATE_NAMES[i]));
    }
  }

  showPlaces(places) {
    this.places = places.map(([longitude, latitude]) => project(longitude, latitude)).filter(point => point);
    this.renderAll();
  }

  /** @param airports the worst first */
  show(airports) {
    this.airports = airports;
    const worst = airports.slice(0, LABELS_MAX).map(({iata, lateShare}) => `${iata} ${percent(lateShare)}`);
    this.host.setAttribute('aria-label', airports.length === 0
        ? 'No airport has enough outcomes yet'
        : `Map of ${airports.length} airports by the share of late flights; the worst are ${worst.join(', ')}. `
            + 'The arrow keys go from one to the next.');
    this.renderAirports();
  }

  onKey(event) {
    const moves = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
    if (event.key in moves && this.airports.length > 0) {
      event.preventDefault();
      const from = this.airports.findIndex(airport => airport.iata === this.chosen);
      const to = from < 0 ? 0 : from + moves[event.key];
      this.choose(this.airports[Math.min(this.airports.length - 1, Math.max(0, to))].iata);
    } else if (event.key === 'Escape') {
      this.choose(null);
    }
  }

  choose(iata) {
    if (this.chosen !== iata) {
      this.chosen = iata;
      this.renderAirports();
    }
  }

  renderAll() {
    const width = this.host.clientWidth;
    if (width === 0 || width === this.width && this.places === this.drawn) {
      return;
    }
    this.width = width;
    this.drawn = this.places;
    this.scale = width / WORLD.width;
    const height = Math.round(WORLD.height * this.scale);
    const dots = this.places.map(point => `M${this.pixels(point).map(at => at.toFixed(1)).join(' ')}h0`).join('');
    const insets = REGIONS.filter(region => region.frame).flatMap(({name, frame: [left, top, wide, high]}) => {
      const [x, y] = this.pixels([left, top]).map(at => Math.round(at) + 0.5);
      const frame = draw('rect', {class: 'inset', x, y,
        width: Math.round(wide * this.scale), height: Math.round(high * this.scale)});
      return width < CAPTIONS_FROM ? [frame] : [frame, draw('text', {class: 'caption', x: x + 6, y: y + 14}, name)];
    });
    this.circles = draw('g', {});
    this.host.replaceChildren(draw('svg', {'aria-hidden': 'true', viewBox: `0 0 ${width} ${height}`},
        draw('path', {class: 'places', d: dots, 'stroke-width': Math.max(1.2, width / 380)}), ...insets, this.circles));
    this.renderAirports();
  }

  pixels([x, y]) {
    return [(x - WORLD.left) * this.scale, (y - WORLD.top) * this.scale];
  }

  renderAirports() {
    if (!this.circles) {
      return;
    }
    const most = Math.max(1, ...this.airports.map(airport => airport.outcomes));
    const largest = Math.min(17, Math.max(8, this.width / 48));
    const drawn = this.airports.flatMap((airport, rank) => {
      const point = airport.latitude === null ? null : project(airport.longitude, airport.latitude);
      if (!point) {
        return [];
      }
      const [x, y] = this.pixels(point);
      return [{airport, rank, x, y, r: Math.max(2.5, largest * Math.sqrt(airport.outcomes / most))}];
    });
    const back = drawn.slice().sort((a, b) => b.r - a.r);
    this.circles.replaceChildren(...back.map(each => this.circle(each)), ...this.labels(drawn));
    const chosen = this.airports.find(airport => airport.iata === this.chosen);
    const missing = this.airports.filter(airport => drawn.every(each => each.airport !== airport));
    const hint = missing.length > 0
        ? `Not on the map: ${missing.map(airport => airport.iata).join(', ')}`
        : 'Point at an airport, or use the arrow keys, to read it.';
    const text = chosen ? describe(chosen) : hint;
    if (this.readout.textContent !== text) { // the same once more would be read out once more
      this.readout.textContent = text;
    }
  }

  circle({airport, x, y, r}) {
    const chosen = airport.iata === this.chosen ? ' chosen' : '';
    return draw('circle', {
      class: `airport ${lateClass(airport.lateShare)}${chosen}`, cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1),
      'data-iata': airport.iata}, draw('title', {}, describe(airport)));
  }

  /** The worst ten, each with its code where it hides neither another label nor a circle of the ten, if there is room. */
  labels(drawn) {
    const worst = drawn.filter(each => each.rank < LABELS_MAX);
    const taken = worst.map(({x, y, r}) => ({x1: x - r, x2: x + r, y1: y - r, y2: y + r}));
    const width = 29;
    const height = 13;
    return worst.map(({airport, x, y, r}) => {
      const places = [
        [x + r + 3, y - height / 2], [x - r - 3 - width, y - height / 2], [x - width / 2, y - r - height - 2],
        [x - width / 2, y + r + 2], [x + r, y - r - height], [x + r, y + r], [x - r - width, y - r - height],
        [x - r - width, y + r],
      ].map(([left, top]) => ({x1: left, x2: left + width, y1: top, y2: top + height}));
      const overlap = place => taken.filter(other => place.x1 < other.x2 && other.x1 < place.x2
          && place.y1 < other.y2 && other.y1 < place.y2).length + (place.x1 < 0 || place.x2 > this.width ? 3 : 0);
      const place = places.reduce((best, each) => overlap(each) < overlap(best) ? each : best);
      taken.push(place);
      return draw('text', {class: 'label halo', x: place.x1.toFixed(1), y: (place.y1 + 11).toFixed(1)}, airport.iata);
    });
  }
}
