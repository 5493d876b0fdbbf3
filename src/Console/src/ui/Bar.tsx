interface Part {
  value: number;
  className: string;
}

interface Props {
  /** What the whole bar stands for. */
  most: number;
  parts: Part[];
  /** Where a mark stands across the bar. */
  mark?: number | null;
  label: string;
}

/** A bar of parts behind each other, perhaps with a mark: what is drawn, given out, and the limit. */
export function Bar({ most, parts, mark = null, label }: Props) {
  const share = (value: number): number => (most > 0 ? Math.max(0, Math.min(100, (100 * value) / most)) : 0);
  let from = 0;
  return (
    <svg className="bar" role="img" aria-label={label} viewBox="0 0 100 10" preserveAspectRatio="none">
      <rect className="bar-ground" width="100" height="10" />
      {parts.map(({ value, className }) => {
        const width = Math.min(share(value), 100 - from);
        const part = <rect key={className} className={className} x={from} width={width} height="10" />;
        from += width;
        return part;
      })}
      {mark !== null && <rect className="bar-mark" x={Math.min(share(mark), 99)} width="1" height="10" />}
    </svg>
  );
}
