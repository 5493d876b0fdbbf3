import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  label: string;
  children: ReactNode;
}

/** A figure with what it is of. */
export function Figure({ label, children }: Props) {
  return (
    <Paper withBorder p="sm" className="figure">
      <dt>{label}</dt>
      <dd className="numbers">{children}</dd>
    </Paper>
  );
}

/** Facts as pairs of label and value. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ label, children }: Props) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
