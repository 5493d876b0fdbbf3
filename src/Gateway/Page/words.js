// The texts of the page in its two languages; both must hold the same names.
export const words = {
  en: {
    language: 'Français', signIn: 'Sign in', username: 'User name', password: 'Password', logout: 'Sign out',
    badLogin: 'User name and password do not fit.', throttled: 'Too many attempts. Wait a minute.',
    unreachable: 'The server cannot be reached.',
    live: 'Live', stale: 'No data since', sites: 'Sites', noSites: 'No chargers yet.', noSite: 'Without site',
    running: 'Charging now', noneRunning: 'No session is running.', finished: 'Finished lately',
    noneFinished: 'No session has ended yet.', chargers: 'Chargers online', sessions: 'Sessions', power: 'Power',
    energy: 'Energy', soc: 'Battery', duration: 'Time', connector: 'Connector', last: 'last',
    ended: 'ended', bySystem: 'closed by the system', more: 'Only the first 1,000 are shown.',
    Available: 'Available', Preparing: 'Preparing', Charging: 'Charging', SuspendedEV: 'Paused by vehicle',
    SuspendedEVSE: 'Paused by station', Finishing: 'Finishing', Reserved: 'Reserved', Unavailable: 'Out of service',
    Faulted: 'Faulted', Offline: 'Offline', Unknown: 'Unknown',
    limit: 'Limit', draws: 'draws', inForce: 'Given out', baseLoad: 'Others take', distrusted: 'Ignores limits',
    unmanaged: 'Refuses limits', none: 'none', static: 'connection', schedule: 'schedule', external: 'signal',
    fallback: 'signal lost', operator: 'operator',
  },
  fr: {
    language: 'English', signIn: 'Se connecter', username: 'Utilisateur', password: 'Mot de passe', logout: 'Se déconnecter',
    badLogin: 'Utilisateur ou mot de passe incorrect.', throttled: 'Trop d’essais. Attendez une minute.',
    unreachable: 'Le serveur est injoignable.',
    live: 'En direct', stale: 'Sans données depuis', sites: 'Sites', noSites: 'Aucune borne.', noSite: 'Sans site',
    running: 'Charges en cours', noneRunning: 'Aucune charge en cours.', finished: 'Charges terminées',
    noneFinished: 'Aucune charge terminée.', chargers: 'Bornes en ligne', sessions: 'Charges', power: 'Puissance',
    energy: 'Énergie', soc: 'Batterie', duration: 'Durée', connector: 'Prise', last: 'dernier',
    ended: 'terminée', bySystem: 'close par le système', more: 'Seules les 1 000 premières sont affichées.',
    Available: 'Disponible', Preparing: 'Préparation', Charging: 'En charge', SuspendedEV: 'Suspendu véhicule',
    SuspendedEVSE: 'Suspendu borne', Finishing: 'Fin de charge', Reserved: 'Réservé', Unavailable: 'Hors service',
    Faulted: 'En défaut', Offline: 'Hors ligne', Unknown: 'Inconnu',
    limit: 'Limite', draws: 'prend', inForce: 'Attribué', baseLoad: 'Autres charges', distrusted: 'Ignore les limites',
    unmanaged: 'Refuse les limites', none: 'aucune', static: 'raccordement', schedule: 'calendrier', external: 'signal',
    fallback: 'signal perdu', operator: 'opérateur',
  },
};

const chosen = localStorage.getItem('language');
const preferred = navigator.languages?.find(tag => /^(en|fr)\b/.test(tag))?.slice(0, 2);
export let language = words[chosen] ? chosen : preferred ?? 'en';

export function switchLanguage() {
  language = language === 'en' ? 'fr' : 'en';
  localStorage.setItem('language', language);
}

export const word = name => words[language][name] ?? name;

export const number = (value, digits) => value === null || value === undefined
  ? '—'
  : new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

export const time = value => new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(value));

export function duration(from, to) {
  const minutes = Math.max(0, Math.round((new Date(to) - new Date(from)) / 60000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
