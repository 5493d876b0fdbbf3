import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from './state';
import './symbols.css';

// On a square of 24. Each state has a shape of its own, so that none depends on its colour.
const bolt = <path className="sym-cut" d="M13 5 7.5 13H11l-1 6 6-8.5h-3.6z" />;
const bars = <path className="sym-cut" d="M8.5 8h2.6v8H8.5zM12.9 8h2.6v8h-2.6z" />;
const shapes: Record<State, ReactNode> = {
  Available: <circle className="sym-line" cx="12" cy="12" r="8.5" />,
  Preparing: (
    <>
      <circle className="sym-line" cx="12" cy="12" r="8.5" strokeDasharray="4 2.7" />
      <path className="sym-line" d="M10 7v3M14 7v3M8.5 10h7v2.2a3.5 3.5 0 0 1-7 0zM12 15.7V18" strokeWidth="1.6" />
    </>
  ),
  Charging: <><circle className="sym-fill" cx="12" cy="12" r="10" />{bolt}</>,
  SuspendedEV: <><circle className="sym-fill" cx="12" cy="12" r="10" />{bars}</>,
  SuspendedEVSE: <><rect className="sym-fill" x="2.5" y="2.5" width="19" height="19" rx="2" />{bars}</>,
  Finishing: <path className="sym-line" d="M20.2 9.8A8.5 8.5 0 1 1 15 4M8 12l3.2 3.2L20 6" />,
  Reserved: <path className="sym-line" d="M6.5 3.5h11V21L12 16.5 6.5 21z" />,
  Unavailable: <><circle className="sym-line" cx="12" cy="12" r="8.5" /><path className="sym-line" d="M7.5 12h9" /></>,
  Faulted: <><path className="sym-fill" d="M12 1.5 23 21.5H1z" /><path className="sym-cut" d="M10.9 8.5h2.2v6.5h-2.2zM10.9 16.7h2.2v2.2h-2.2z" /></>,
  Unknown: (
    <>
      <circle className="sym-line" cx="12" cy="12" r="8.5" strokeDasharray="1.5 2.6" />
      <path className="sym-line" d="M9.6 9.7a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2 1-1.2 1.9" strokeWidth="1.6" />
      <circle className="sym-fill" cx="12" cy="16.3" r="1.1" />
    </>
  ),
  Offline: <><path className="sym-line" d="M12 2.5 21.5 12 12 21.5 2.5 12z" /><path className="sym-line" d="M8 16l8-8" /></>,
};

interface Props {
  state: State;
  /** Edge in px: 16, 24, 48 or 96. */
  size?: number;
  /** State of charge in %, as a ring around what charges. */
  soc?: number | null;
  /** With its name beside it, so that the picture needs none. */
  decorative?: boolean;
}

/** The symbol of a state, by form and colour. */
export function StateSymbol({ state, size = 24, soc = null, decorative = false }: Props) {
  const { t } = useTranslation();
  const label = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': t(`state.${state}`) };
  return (
    <svg className={`sym sym-${state}`} width={size} height={size} viewBox="0 0 24 24" data-state={state} {...label}>
      {shapes[state]}
      {state === 'Charging' && soc !== null && (
        <circle className="sym-soc" cx="12" cy="12" r="11.2" pathLength={100} strokeDasharray={`${soc} 100`} transform="rotate(-90 12 12)" />
      )}
    </svg>
  );
}

/** The symbol with its name. */
export function StateText({ state, size = 24, soc }: Props) {
  const { t } = useTranslation();
  return (
    <span className="sym-text">
      <StateSymbol state={state} size={size} soc={soc} decorative />
      {t(`state.${state}`)}
    </span>
  );
}
