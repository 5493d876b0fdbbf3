// Draws what the API says. Data becomes text nodes and never markup.
import { word, number, time, duration } from './words.js';
import { symbol, known } from './symbols.js';

const byId = id => document.getElementById(id);

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

// A part that is drawn as before keeps its nodes, and with them focus and selection.
function draw(parent, parts, keyOf, make) {
  const old = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const nodes = parts.map(part => {
    const key = keyOf(part);
    const before = old.get(key);
    const made = make(part);
    made.dataset.key = key;
    return before?.isEqualNode(made) ? before : made;
  });
  if (nodes.length !== parent.children.length || nodes.some((node, at) => node !== parent.children[at])) parent.replaceChildren(...nodes);
  const empty = parent.nextElementSibling;
  if (empty?.classList.contains('empty')) empty.hidden = nodes.length > 0;
}

const fact = (label, value) => element('div', 'fact', element('dt', '', label), element('dd', '', value));
const kilo = (value, unit, digits) => `${number(value === null ? null : value / 1000, digits)} ${unit}`;

function battery(soc) {
  if (soc === null) return '—';
  const meter = element('meter');
  meter.min = 0;
  meter.max = 100;
  meter.value = soc;
  return element('span', 'battery', meter, ` ${number(soc, 0)} %`);
}

function state(status, online) {
  const shown = online ? status : 'Offline';
  const text = online ? word(status) : `${word('Offline')} (${word('last')}: ${word(status)})`;
  return element('span', `state ${known(shown)}`, symbol(shown), element('span', '', text));
}

const amperes = value => `${number(value, 1)} A`;

// What the site gives the connector; nothing where it gives no limits, or no vehicle is there to be limited.
function share(allotted) {
  if (!allotted || allotted.state === 'idle' || allotted.state === 'offline') return null;
  const drawn = allotted.measured === null ? '' : ` · ${word('draws')} ${amperes(allotted.measured)}`;
  const odd = allotted.state === 'distrusted' || allotted.state === 'unmanaged';
  return element('span', odd ? 'note' : 'muted', `${odd ? `${word(allotted.state)} · ` : ''}${word('limit')} ${amperes(allotted.limit)}${drawn}`);
}

// The row of the grid connection that has least left.
function sharing(site, allocation) {
  const [row] = allocation.rows.filter(one => one.node === site).sort((a, b) => (a.free - a.inForce) - (b.free - b.inForce));
  const unit = row?.part === 'power' ? 'W' : 'A';
  const limit = allocation.limit === null ? word('none') : `${number(allocation.limit, 0)} ${allocation.energyUnit} · ${word(allocation.limitFrom)}`;
  return element('dl', 'sharing',
    fact(word('limit'), limit),
    row ? fact(word('inForce'), `${number(row.inForce, 1)} / ${number(row.free, 1)} ${unit}`) : null,
    row?.baseLoad ? fact(word('baseLoad'), `${number(row.baseLoad, 1)} ${unit}`) : null);
}

function connector(charger, item, allotted) {
  const label = charger.connectors.length > 1 ? `${word('connector')} ${item.connector}` : null;
  const fault = item.errorCode !== 'NoError' ? ` · ${item.errorCode}` : '';
  return element('li', '', label && element('span', 'muted', label), state(item.status, charger.online), fault, share(allotted));
}

function chargerCard(charger, allocation) {
  const allottedTo = item => allocation?.connectors.find(one => one.charger === charger.charger && one.connector === item.connector);
  const model = [charger.vendor, charger.model].filter(Boolean).join(' ');
  return element('article', charger.online ? 'card' : 'card offline',
    element('h4', '', charger.charger),
    element('p', 'muted', model || '—'),
    element('ul', '', ...charger.connectors.map(item => connector(charger, item, allottedTo(item)))));
}

function siteBlock({ key, name, chargers, allocation }) {
  return element('section', 'site',
    element('h3', '', name),
    allocation ? sharing(key, allocation) : null,
    element('div', 'cards', ...chargers.map(charger => chargerCard(charger, allocation))));
}

function session(transaction, now) {
  const facts = [
    fact(word('energy'), kilo(transaction.energyWh, 'kWh', 2)),
    fact(word('power'), transaction.active ? kilo(transaction.powerW, 'kW', 1) : '—'),
    fact(word('soc'), battery(transaction.soc)),
    fact(word('duration'), duration(transaction.startedAt, transaction.stoppedAt ?? now)),
  ];
  const end = transaction.stoppedAt && `${word('ended')} ${time(transaction.stoppedAt)}${transaction.stopReason ? ` · ${transaction.stopReason}` : ''}`;
  return element('article', 'row',
    element('div', 'who',
      element('strong', '', `${transaction.charger} · ${transaction.connector}`),
      element('span', 'muted', [transaction.vehicle ?? transaction.idTag, end].filter(Boolean).join(' · ')),
      transaction.closedBySystem ? element('span', 'note', word('bySystem')) : null),
    element('dl', '', ...facts));
}

// Chargers of a site that was not read, or of none, come last.
function bySite(sites, chargers, allocations) {
  const groups = new Map(sites.map(site => [site.site, { key: site.site, name: site.name, chargers: [], allocation: allocations.get(site.site) }]));
  for (const charger of chargers) {
    const key = charger.site ?? '';
    if (!groups.has(key)) groups.set(key, { key, name: charger.site ?? word('noSite'), chargers: [] });
    groups.get(key).chargers.push(charger);
  }
  return [...groups.values()];
}

export function drawBoard({ sites, chargers, running, finished, allocations, now }) {
  const power = running.items.reduce((sum, item) => sum + (item.powerW ?? 0), 0);
  const online = chargers.items.filter(charger => charger.online).length;
  byId('totals').replaceChildren(element('dl', '',
    fact(word('chargers'), `${number(online, 0)} / ${number(chargers.items.length, 0)}${chargers.next ? '+' : ''}`),
    fact(word('sessions'), `${number(running.items.length, 0)}${running.next ? '+' : ''}`),
    fact(word('power'), kilo(power, 'kW', 1))),
  chargers.next || running.next ? element('p', 'note', word('more')) : '');
  draw(byId('running'), running.items, item => String(item.id), item => session(item, now));
  draw(byId('sites'), bySite(sites.items, chargers.items, allocations), group => group.key, siteBlock);
  draw(byId('finished'), finished.items, item => String(item.id), item => session(item, now));
}
