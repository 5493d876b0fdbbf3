import './app/mantine';
import './app/app.css';
import './i18n';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/client';
import { router } from './app/router';
import { readable, theme } from './app/theme';

// The policy of the page takes no style sheet that a script makes unless it carries the page's own word.
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
setNonce(nonce);

const retried = (count: number, fault: unknown): boolean =>
  count < 2 && (!(fault instanceof ApiError) || fault.status === 0 || fault.status >= 500);

// A browser without a network still reaches the product on its own machine: what is asked is asked at once, never held back.
const networkMode = 'always';
const queries = new QueryClient({
  defaultOptions: { queries: { networkMode, retry: retried, refetchOnWindowFocus: false }, mutations: { networkMode } },
});

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={readable} defaultColorScheme="auto" getStyleNonce={() => nonce}>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);
