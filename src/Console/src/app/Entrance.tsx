import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { me } from '../api/queries';
import { Failure } from '../ui/Failure';
import { SignIn } from './SignIn';
import { useSessionEnd } from './session';

/** Lets in who is signed in; the address stays, so that the sign-in leads to where one wanted to go. */
export function Entrance() {
  const caller = useQuery(me);
  useSessionEnd();
  if (caller.isError) return <main className="alone"><Failure fault={caller.error} retry={() => void caller.refetch()} /></main>;
  if (caller.data === undefined) return null;
  return caller.data === null ? <SignIn /> : <Outlet />;
}
