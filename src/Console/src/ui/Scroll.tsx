import type { ReactNode } from 'react';

interface Props {
  /** Names the region to who cannot see it. */
  label: string;
  /** Width in px below which the content is scrolled instead of being squeezed. */
  width: number;
  children: ReactNode;
}

/** A region that scrolls sideways where there is no room, by the keyboard too. */
export function Scroll({ label, width, children }: Props) {
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <div style={{ minWidth: width }}>{children}</div>
    </div>
  );
}
