// Numbers and event times for people. Event times are local clocks, taken as one clock, and so shown as UTC.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const whole = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});
const short = new Intl.NumberFormat('en-US', {notation: 'compact', maximumSignificantDigits: 3});

function figure(value, digits = 4) {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

function day(ms) {
  const time = new Date(ms);
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]}`;
}

function minute(ms) {
  return `${day(ms)} ${new Date(ms).toISOString().slice(11, 16)}`;
}

function reached(ms) {
  return ms === 'end' ? 'the end' : ms === null ? '–' : minute(ms);
}

/** Such as "42 min" or "3 h 05 min". */
function span(ms) {
  const minutes = Math.round(ms / MINUTE_MS);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** An element of SVG. */
function draw(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** An element of HTML. */
function build(name, className, ...children) {
  const element = document.createElement(name);
  if (className) {
    element.className = className;
  }
  element.append(...children);
  return element;
}

function byId(id) {
  return document.getElementById(id);
}
