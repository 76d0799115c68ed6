// The page: asks for the fleet every two seconds while it is seen, and for one pool while that is open.
"use strict";

const EVERY = 2000;
const $ = id => document.getElementById(id);

const COLUMNS = [
  {title: "Namespace", key: "namespace"},
  {title: "Pool", key: "name"},
  {title: "State", key: "state", cell: pool => element("span", {class: "state " + pool.state}, pool.state)},
  {title: "Waiting", key: "waiting", number: true},
  {title: "Oldest", key: "oldest", number: true, text: pool => duration(pool.oldest)},
  {title: "Running", key: "running", number: true},
  {title: "Workers", key: "replicas", number: true, text: workers},
  {title: "Decided", key: "desired", number: true, text: pool => known(pool.desired) + (pool.max === null ? "" : " of " + pool.max)},
  {title: "Why", key: "reason"},
];

let fleet = {pools: [], brokers: [], leads: true, at: 0};
let order = {key: "namespace", down: false};
let open = null;
let charts = [];

function known(value) { return value === null || value === undefined ? "–" : String(value); }

function workers(pool) {
  return pool.ready === pool.replicas ? known(pool.replicas) : known(pool.ready) + "/" + known(pool.replicas);
}

function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds < 60) return seconds + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min";
  if (seconds < 86400) return Math.floor(seconds / 3600) + " h " + Math.floor(seconds % 3600 / 60) + " min";
  return Math.floor(seconds / 86400) + " d";
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function compare(a, b) {
  const left = a[order.key], right = b[order.key];
  if (left === right) return (a.namespace + "/" + a.name).localeCompare(b.namespace + "/" + b.name);
  if (left === null) return 1; // what is not known stands last, whichever way
  if (right === null) return -1;
  const by = typeof left === "number" ? left - right : String(left).localeCompare(String(right));
  return order.down ? -by : by;
}

function head() {
  $("pools").tHead.rows[0].replaceChildren(...COLUMNS.map(column => {
    const sorted = column.key === order.key ? (order.down ? "descending" : "ascending") : "none";
    const mark = {ascending: " ↑", descending: " ↓", none: ""}[sorted];
    const button = element("button", {type: "button"}, column.title + mark);
    button.addEventListener("click", () => {
      order = {key: column.key, down: order.key === column.key ? !order.down : Boolean(column.number)};
      head();
      table();
    });
    return element("th", {scope: "col", "aria-sort": sorted, class: column.number ? "number" : ""}, button);
  }));
}

// Rows are kept and only what changed in them is written, so that a thousand pools cost little and focus stays.
const rows = new Map();

function rowOf(pool) {
  const id = pool.namespace + "/" + pool.name;
  let row = rows.get(id);
  if (!row) {
    row = element("tr", {tabindex: "-1", "data-pool": id});
    row.append(...COLUMNS.map(column => element("td", {class: column.number ? "number" : ""})));
    rows.set(id, row);
  }
  COLUMNS.forEach((column, i) => {
    const text = column.text ? column.text(pool) : known(pool[column.key]);
    if (row.cells[i].textContent !== text) {
      row.cells[i].replaceChildren(column.cell ? column.cell(pool) : text);
    }
  });
  row.title = pool.message ?? "";
  return row;
}

function table() {
  const wanted = $("search").value.trim().toLowerCase();
  const shown = fleet.pools
    .filter(pool => [pool.namespace, pool.name, pool.reason, pool.state].join(" ").toLowerCase().includes(wanted))
    .sort(compare);
  const body = $("pools").tBodies[0];
  const fresh = shown.map(rowOf);
  if (fresh.length !== body.rows.length || fresh.some((row, i) => row !== body.rows[i])) {
    const focused = document.activeElement;
    body.replaceChildren(...fresh);
    if (focused && focused.isConnected && focused.dataset && focused.dataset.pool) focused.focus({preventScroll: true});
  }
  for (const [id, row] of rows) {
    if (!row.isConnected && !fleet.pools.some(pool => pool.namespace + "/" + pool.name === id)) rows.delete(id);
  }
  if (!body.querySelector('tr[tabindex="0"]') && body.rows.length > 0) body.rows[0].tabIndex = 0;
}

function condition(object, type) {
  return object.conditions.find(told => told.type === type);
}

const SOON = 14;

// When the first certificate of the chain ends, and in how many days that is.
function certificate(of) {
  if (!of) return element("td", {}, "–");
  const days = Math.floor((of.expires - fleet.at) / 86400);
  const left = days < 0 ? "ended" : days === 1 ? "1 day left" : days + " days left";
  const date = new Date(of.expires * 1000).toISOString().slice(0, 10);
  return element("td", {title: "vouched for by " + of.authority + ", SHA-256 " + of.sha256},
    element("span", {class: days < 0 ? "False" : days < SOON ? "Unknown" : ""}, date + ", " + left));
}

function brokers() {
  $("brokers").tBodies[0].replaceChildren(...fleet.brokers.map(broker => {
    const ready = condition(broker, "Ready"), trusted = condition(broker, "Trusted");
    const state = ready ? (ready.status === "True" ? "Ready" : "Broker") : "Changing";
    return element("tr", {},
      element("td", {}, broker.namespace + "/" + broker.name),
      element("td", {}, known(broker.endpoint)),
      element("td", {}, known(broker.server)),
      element("td", {title: trusted ? trusted.message : ""},
        element("span", {class: trusted ? trusted.status : "Unknown"}, trusted ? trusted.reason : "–"),
        broker.tls ? " " + broker.tls : ""),
      certificate(broker.certificate),
      element("td", {class: "wide"},
        element("span", {class: "state " + state}, ready ? ready.reason : "–"),
        ready && ready.status !== "True" ? " " + ready.message : ""));
  }));
}

function summary() {
  const sum = key => fleet.pools.reduce((total, pool) => total + (pool[key] ?? 0), 0);
  const unknown = fleet.pools.filter(pool => pool.waiting === null).length;
  const troubled = fleet.pools.filter(pool => pool.state === "Stalled" || pool.state === "Broker" || pool.state === "Blind").length;
  $("summary").textContent = fleet.leads
    ? `${fleet.pools.length} pools, ${sum("waiting")} jobs waiting${unknown ? ` (not known of ${unknown})` : ""}, `
      + `${sum("running")} running, ${sum("replicas")} workers, ${troubled ? troubled + " need a look" : "all well"}`
    : "This replica stands by and knows of no pool: open the page of the one that leads.";
}

async function get(path) {
  const answer = await fetch(path, {cache: "no-store"});
  if (!answer.ok) throw new Error(answer.status + " " + answer.statusText);
  return answer.json();
}

async function refresh() {
  try {
    const began = performance.now();
    fleet = await get("api/fleet");
    const read = performance.now();
    summary();
    brokers();
    table();
    if (open) await detail();
    document.body.dataset.update = (performance.now() - read).toFixed(1);
    document.body.dataset.fetch = (read - began).toFixed(1);
  } catch (failure) {
    $("summary").textContent = "The operator does not answer: " + failure.message;
  }
}

const CHARTS = [
  {title: "Waiting jobs", lines: [["waiting", "waiting", "--accent"]]},
  {title: "Oldest waiting job, seconds", lines: [["oldest", "oldest", "--warn"]]},
  {title: "Running jobs", lines: [["running", "running", "--good"]]},
  {title: "Workers", lines: [["desired", "decided", "--soft"], ["replicas", "wanted", "--accent"], ["ready", "ready", "--good"]]},
];

function colour(name) {
  // Canvas takes no light-dark(): a probe's computed colour is what it stands for now.
  const probe = element("span", {class: "probe"});
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}

function draw(series) {
  const stepped = uPlot.paths.stepped({align: 1});
  const axis = {stroke: colour("--soft"), grid: {stroke: colour("--line"), width: 1}, ticks: {stroke: colour("--line"), width: 1}};
  charts.forEach(chart => chart.destroy());
  charts = CHARTS.map(chart => new uPlot({
    title: chart.title,
    width: Math.max(320, Math.floor($("charts").clientWidth / Math.max(1, Math.floor($("charts").clientWidth / 440))) - 24),
    height: 190,
    cursor: {sync: {key: "pool"}},
    scales: {y: {range: (plot, low, high) => [0, Math.max(1, high * 1.1)]}},
    axes: [axis, {...axis, size: 56}],
    series: [{}, ...chart.lines.map(([, label, stroke]) => ({label, stroke: colour(stroke), width: 2, paths: stepped, points: {show: false}, spanGaps: false}))],
  }, [series.at, ...chart.lines.map(([key]) => series[key])], $("charts")));
}

async function detail() {
  const asked = open;
  let pool;
  try {
    pool = await get("api/pools/" + asked);
  } catch (failure) {
    if (asked === open) $("detail-why").textContent = "Nothing is known of this pool any more: " + failure.message;
    return;
  }
  if (asked !== open) return; // closed meanwhile, or another is open
  $("detail-title").textContent = open;
  $("detail-why").textContent = `${known(pool.row.reason)}: ${known(pool.row.message)}`;
  if (charts.length === 0) {
    draw(pool.series);
  } else {
    charts.forEach((chart, i) => chart.setData([pool.series.at, ...CHARTS[i].lines.map(([key]) => pool.series[key])]));
  }
  $("conditions").tBodies[0].replaceChildren(...pool.conditions.map(told => element("tr", {},
    element("td", {}, told.type), element("td", {class: told.type === "Stalled" || told.type === "Reconciling" ? "" : told.status}, told.status),
    element("td", {}, told.reason), element("td", {class: "wide"}, told.message), element("td", {class: "soft"}, told.since))));
  $("changes").tBodies[0].replaceChildren(...(pool.changes.length === 0
    ? [element("tr", {}, element("td", {class: "soft"}, "none since this operator began to lead"))]
    : pool.changes.map(change => element("tr", {},
      element("td", {class: "soft"}, new Date(change.at * 1000).toLocaleTimeString()),
      element("td", {}, `${change.from} → ${change.to}`),
      element("td", {}, change.reason), element("td", {class: "wide"}, change.message)))));
}

function show(id) {
  open = id;
  $("detail").showModal();
  detail();
}

$("detail").addEventListener("close", () => {
  const row = rows.get(open);
  open = null;
  charts.forEach(chart => chart.destroy());
  charts = [];
  if (row) row.focus();
});
$("search").addEventListener("input", table);
$("pools").tBodies[0].addEventListener("click", event => {
  const row = event.target.closest("tr");
  if (row) show(row.dataset.pool);
});

function focusRow(row) {
  if (!row) return;
  for (const other of $("pools").tBodies[0].querySelectorAll('tr[tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
}

document.addEventListener("keydown", event => {
  const row = document.activeElement.closest ? document.activeElement.closest("#pools tbody tr") : null;
  if (event.key === "/" && document.activeElement !== $("search") && !$("detail").open) {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "ArrowDown" && !$("detail").open && (row || document.activeElement === $("search"))) {
    event.preventDefault();
    focusRow(row ? row.nextElementSibling : $("pools").tBodies[0].rows[0]);
  } else if (event.key === "ArrowUp" && row) {
    event.preventDefault();
    focusRow(row.previousElementSibling);
  } else if (event.key === "Enter" && row) {
    event.preventDefault(); // else it would press the button that has the focus next, which closes
    show(row.dataset.pool);
  } else if (event.key === "Escape" && document.activeElement === $("search")) {
    $("search").value = "";
    table();
  }
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  charts.forEach(chart => chart.destroy());
  charts = [];
  if (open) detail();
});

head();
refresh();
setInterval(() => { if (!document.hidden) refresh(); }, EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
