// One shape for each state, so that no state is told by its colour alone.
const shapes = {
  Available: [['circle', { cx: 12, cy: 12, r: 8 }]],
  Preparing: [['circle', { cx: 12, cy: 12, r: 8, 'stroke-dasharray': '4 3' }], ['path', { d: 'M12 8v8' }]],
  Charging: [['circle', { cx: 12, cy: 12, r: 9, class: 'solid' }], ['path', { d: 'M13 6l-5 7h4l-1 5 5-7h-4z', class: 'cut' }]],
  SuspendedEV: [['circle', { cx: 12, cy: 12, r: 9, class: 'solid' }], ['path', { d: 'M9.5 8v8M14.5 8v8', class: 'line' }]],
  SuspendedEVSE: [['rect', { x: 4, y: 4, width: 16, height: 16, rx: 2, class: 'solid' }], ['path', { d: 'M9.5 8v8M14.5 8v8', class: 'line' }]],
  Finishing: [['circle', { cx: 12, cy: 12, r: 8 }], ['path', { d: 'M8 12l3 3 5-6' }]],
  Reserved: [['path', { d: 'M7 4h10v16l-5-4-5 4z' }]],
  Unavailable: [['circle', { cx: 12, cy: 12, r: 8 }], ['path', { d: 'M8 12h8' }]],
  Faulted: [['path', { d: 'M12 3l10 18H2z', class: 'solid' }], ['path', { d: 'M12 9v6M12 17.5v1', class: 'line' }]],
  Offline: [['path', { d: 'M12 3l9 9-9 9-9-9z' }], ['path', { d: 'M8 16l8-8' }]],
  Unknown: [['circle', { cx: 12, cy: 12, r: 8, 'stroke-dasharray': '1.5 3' }], ['path', { d: 'M12 11v2' }]],
};

const space = 'http://www.w3.org/2000/svg';

export const known = state => Object.hasOwn(shapes, state) ? state : 'Unknown';

export function symbol(state) {
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, attributes] of shapes[known(state)]) {
    const shape = svg.appendChild(document.createElementNS(space, name));
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  }
  return svg;
}
