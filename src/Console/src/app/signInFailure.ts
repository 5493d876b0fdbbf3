const parameter = 'signIn';

/** What became of a sign-in by a provider, as the address tells: read and taken from it before the router looks there. Null for nothing. */
let word = take();

export const signInFailure = (): string | null => word;

/** Somebody is in: what was before counts no more. */
export function forgetSignInFailure(): void {
  word = null;
}

function take(): string | null {
  const address = new URL(location.href);
  const found = address.searchParams.get(parameter);
  if (found === null) return null;
  address.searchParams.delete(parameter);
  history.replaceState(history.state, '', address);
  return found;
}
