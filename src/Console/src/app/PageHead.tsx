import { Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** Links to the other pages of what this one is about; a screen on a wall has none. */
  tabs: ReactNode;
  /** Beside the title. */
  children?: ReactNode;
}

/** What a page is about, and the way to the other pages about it. */
export function PageHead({ title, tabs, children }: Props) {
  const kiosk = useSearch({ from: '__root__' }).kiosk === 1;
  return (
    <div>
      <div className="page-head">
        <Title order={1} size="h3">{title}</Title>
        {children}
      </div>
      {!kiosk && <nav className="page-tabs" aria-label={title}>{tabs}</nav>}
    </div>
  );
}
