// Signs in and polls the public API every two seconds while the page can be seen.
import { word, language, switchLanguage, time } from './words.js';
import { drawBoard } from './board.js';

const byId = id => document.getElementById(id);
const interval = 2000;
const mostShared = 20; // sites whose sharing is asked for, a request each
let timer = 0;
let last = null;
let user = null;

async function api(path, options) {
  const answer = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...options });
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
  return answer.status === 204 ? null : answer.json();
}

const post = (path, body) => api(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: body === undefined ? undefined : JSON.stringify(body),
});

async function read() {
  const [sites, chargers, running, finished] = await Promise.all([
    api('/sites?limit=1000'), api('/chargers?limit=1000'),
    api('/transactions?active=true&limit=1000'), api('/transactions?active=false&limit=10'),
  ]);
  const sharing = sites.items.filter(site => site.smartCharging?.enabled).slice(0, mostShared);
  const allocations = new Map(await Promise.all(sharing.map(async site => [site.site, await allocation(site.site)])));
  return { sites, chargers, running, finished, allocations, now: new Date() };
}

// A site that was just switched on has decided on nothing yet.
async function allocation(site) {
  try {
    return await api(`/sites/${encodeURIComponent(site)}/allocation`);
  } catch (failure) {
    if (failure.status === 409) return null;
    throw failure;
  }
}

function show(live) {
  byId('live').textContent = user === null ? '' : live ? `● ${word('live')}` : `◌ ${word('stale')} ${last ? time(last.now) : '—'}`;
  byId('live').className = live ? 'live' : 'stale';
}

async function poll() {
  clearTimeout(timer);
  if (document.hidden || user === null) return;
  try {
    last = await read();
    drawBoard(last);
    show(true);
  } catch (failure) {
    if (failure.status === 401) return ask();
    show(false);
  }
  timer = setTimeout(poll, interval);
}

function ask(reason) {
  user = null;
  clearTimeout(timer);
  byId('login').hidden = false;
  byId('board').hidden = true;
  byId('logout').hidden = true;
  byId('user').textContent = '';
  byId('login-error').textContent = reason ?? '';
  show(false);
  byId('login-form').elements.username.focus();
}

async function enter() {
  try {
    user = await api('/me');
  } catch (failure) {
    return ask(failure.status === 401 ? '' : word('unreachable'));
  }
  byId('user').textContent = user.tenant === 'default' ? user.user : `${user.tenant}/${user.user}`;
  byId('login').hidden = true;
  byId('board').hidden = false;
  byId('logout').hidden = false;
  return poll();
}

function speak() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = word(node.dataset.word);
  byId('language').textContent = word('language');
  if (last !== null) drawBoard(last);
}

byId('language').addEventListener('click', () => { switchLanguage(); speak(); });
byId('logout').addEventListener('click', async () => {
  try {
    await post('/auth/logout');
    last = null;
    ask();
  } catch {
    show(false);
  }
});
byId('login-form').addEventListener('submit', async submitted => {
  submitted.preventDefault();
  const form = submitted.target;
  try {
    await post('/auth/token', { username: form.elements.username.value, password: form.elements.password.value });
    form.elements.password.value = '';
    await enter();
  } catch (failure) {
    const reasons = { 401: 'badLogin', 429: 'throttled' };
    byId('login-error').textContent = word(reasons[failure.status] ?? 'unreachable');
  }
});
document.addEventListener('visibilitychange', poll);

speak();
await enter();
