// Asks for the state once a second until the run has ended, and shows it.

const POLL_MS = 1_000;
const TIMEOUT_MS = 5_000;
const LOST_MAX = 60;
/** An AUC of fewer outcomes says nothing yet. */
const OUTCOMES_MIN = 5_000;
const STATUS = {
  running: 'Running', ended: 'Done', interrupted: 'Interrupted', failed: 'Failed', lost: 'No answer: the demo has stopped',
};

const seconds = value => `${Number(value.toFixed(value < 100 ? 1 : 0))} s`;

let laterName = 'v2';

const aucChart = new Chart('aucPlot', {
  xTicks: timeTicks, xText: x => x % DAY_MS === 0 ? day(x) : minute(x).slice(-5), yText: y => y.toFixed(2), yStep: 0.04,
  hint: 'Point at the chart, or use the arrow keys, to read it.',
  empty: `Drawn from ${whole.format(OUTCOMES_MIN)} outcomes on.`,
  read: (x, [recent, first, later]) => `${minute(x)}: ${figure(recent)} over the newest outcomes, ${figure(first)} over all `
      + `of v1${later === null ? '' : `, ${figure(later)} over all of ${laterName}`}`,
  tell: ({x, lines, marks}) => x.length === 0 ? 'No outcomes yet' : `AUC by event time, from ${minute(x[0])} to `
      + `${minute(x[x.length - 1])}; over the newest outcomes ${figure(lines[0].y[x.length - 1])}, over all `
      + `of v1 ${figure(lines[1].y[x.length - 1])}, over all of ${laterName} ${figure(lines[2].y[x.length - 1])}. ${marks.map(mark => `${mark.text} at ${minute(mark.x)}.`).join(' ')}`,
});
const rateChart = new Chart('ratePlot', {
  xTicks: roundTicks, xText: seconds, yText: y => short.format(y), yLow: 0, yStep: 10, hint: '', empty: 'Nothing yet.',
  read: (x, [y]) => `${seconds(x)}: ${whole.format(y)} events/s`,
  tell: ({x, lines: [{y}]}) => x.length === 0 ? 'Nothing yet'
      : `Events per second over ${seconds(x[x.length - 1])}, now ${whole.format(y[y.length - 1])}, at most `
          + whole.format(Math.max(...y)),
});
const lagChart = new Chart('lagPlot', {
  xTicks: roundTicks, xText: seconds, yText: y => whole.format(y), yLow: 0, yStep: 10, hint: '', empty: 'Nothing yet.',
  read: (x, [y]) => `${seconds(x)}: ${span(y * MINUTE_MS)} behind`,
  tell: ({x, lines: [{y}]}) => x.length === 0 ? 'Nothing yet'
      : `Minutes of event time behind the source over ${seconds(x[x.length - 1])}, now ${figure(y[y.length - 1], 0)}, `
          + `at most ${figure(Math.max(...y), 0)}`,
});
const map = new AirportMap(byId('map'), byId('mapReadout'));

function tell(id, text, unit) {
  byId(id).replaceChildren(text, ...unit ? [' ', build('small', '', unit)] : []);
}

function showStatus(status) {
  const element = byId('status');
  if (element.dataset.status !== status) { // so that it is read out when it changes, and not each second
    element.dataset.status = status;
    byId('statusText').textContent = STATUS[status];
  }
}

function count(number, word) {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function workers({members, threads}) {
  return members === 0 ? count(threads, 'thread') : `${count(members, 'member')} with ${count(threads, 'thread')} each`;
}

function showFigures(state) {
  const isRunning = state.status === 'running';
  const time = state.eventTimeMs;
  byId('lead').textContent = `${whole.format(state.flights)} flights of ${state.input} in ${seconds(state.seconds)}, `
      + `on ${workers(state)}`;
  tell('eventTime', time === null ? '–' : minute(time), time === null ? '' : String(new Date(time).getUTCFullYear()));
  tell('eventTimeNote', state.eventMinutesPerSecond === null ? ''
      : `${whole.format(state.eventMinutesPerSecond)} event minutes per second`);
  byId('throughputTitle').textContent = isRunning ? 'Throughput' : 'Throughput of the whole run';
  tell('throughput', whole.format(state.eventsPerSecond), 'events/s');
  tell('throughputNote', `${whole.format(state.events)} departures and outcomes`);
  tell('lag', span(state.lagMs));
  tell('lagNote', 'of event time, from the source to the evaluation');
  tell('auc', figure(state.aucRecent));
  tell('aucNote', `newest ${whole.format(Math.min(state.outcomes, state.aucOutcomesMax))} outcomes; `
      + `${figure(state.aucAll)} over all, precision ${figure(state.precision, 2)}, recall ${figure(state.recall, 2)}`);
  const model = state.models[state.models.length - 1];
  tell('model', model ? `v${model.version}` : '–');
  const aucOfModel = model && (model.version === 1 ? state.aucFirst : state.aucLater);
  tell('modelNote', model ? `since ${minute(model.fromMs)}${aucOfModel ? `; AUC of its scores ${figure(aucOfModel)}` : ''}` : '');
}

function showCharts({history, models, aucOutcomesMax}) {
  const from = history.outcomes.findIndex((count, i) => count >= OUTCOMES_MIN && history.eventTimeMs[i] !== null);
  const since = column => from < 0 ? [] : column.slice(from);
  laterName = models.length > 2 ? 'later versions' : 'v2';
  aucChart.show({
    x: since(history.eventTimeMs),
    lines: [
      {className: 'first', name: `newest ${short.format(aucOutcomesMax)}`, y: since(history.aucRecent)},
      {className: 'second', name: 'all of v1', y: since(history.aucFirst)},
      {className: 'third', name: `all of ${laterName}`, y: since(history.aucLater)},
    ],
    marks: models.slice(1).map(model => ({x: model.fromMs, text: `Model v${model.version} takes over`})),
  });
  rateChart.show({x: history.seconds, lines: [{className: 'first', area: true, y: history.eventsPerSecond}], marks: []});
  lagChart.show({
    x: history.seconds, lines: [{className: 'first', area: true, y: history.lagMs.map(ms => ms / MINUTE_MS)}], marks: []});
}

function showAirports({airports, airportOutcomesMin}) {
  const sorted = airports.slice().sort(byLateness);
  map.show(sorted);
  byId('mapAbout').textContent = `By airport of departure, from ${airportOutcomesMin} flights on. The larger the circle, `
      + 'the more flights; the ten worst have their codes.';
  const worst = sorted.slice(0, LABELS_MAX);
  byId('worst').replaceChildren(...worst.map(airport => {
    const name = build('th', '', build('span', '',
        build('b', '', airport.iata), build('small', '', `${airport.name}, ${airport.city}`)));
    name.scope = 'row';
    return build('tr', '', name, build('td', 'number', percent(airport.lateShare)),
        build('td', 'number', whole.format(airport.outcomes)));
  }));
}

function showStages({stages, status}) {
  const fastest = Math.max(1, ...stages.map(stage => stage.eventsPerSecond));
  byId('stagesAbout').textContent = 'Its stages, in the order in which an event travels. Rates are of '
      + (status === 'running' ? 'the last second.' : 'the whole run.');
  byId('stages').replaceChildren(...stages.map(stage => {
    const name = build('th', '', stage.name);
    name.scope = 'row';
    const bar = build('span', 'bar');
    bar.style.width = `${100 * stage.eventsPerSecond / fastest}%`; // by script, which the page's policy allows
    return build('tr', stage.eventsPerSecond === 0 ? 'idle' : '', name, ...[
      stage.workers, whole.format(stage.in), whole.format(stage.out)].map(text => build('td', 'number', String(text))),
    build('td', 'number', whole.format(stage.eventsPerSecond)), build('td', 'bars', bar),
    build('td', 'number', whole.format(stage.failed)), build('td', 'number', reached(stage.watermarkMs)));
  }));
}

function show(state) {
  showFigures(state);
  showCharts(state);
  showAirports(state);
  showStages(state);
  showStatus(state.status);
}

async function ask(path) {
  const answer = await fetch(path, {cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS)});
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return answer.json();
}

let lost = 0;
let hasPlaces = false;

async function poll() {
  let state = null;
  try {
    if (!hasPlaces) {
      map.showPlaces(await ask('/api/places'));
      hasPlaces = true;
    }
    state = await ask('/api/state');
    lost = 0;
  } catch (failure) {
    showStatus('lost');
    lost++;
  }
  if (state !== null) {
    show(state);
  }
  if ((state === null || state.status === 'running') && lost < LOST_MAX) {
    setTimeout(poll, POLL_MS);
  }
}

poll();
