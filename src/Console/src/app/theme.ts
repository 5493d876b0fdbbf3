import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's own are too faint to be read by everybody (WCAG 2.2, 1.4.3). */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': 'var(--muted)', '--mantine-color-error': 'var(--fault)', '--mantine-color-placeholder': '#5c6773' },
  dark: { '--mantine-color-dimmed': 'var(--muted)', '--mantine-color-error': 'var(--fault)', '--mantine-color-placeholder': '#a6b0ba' },
});
