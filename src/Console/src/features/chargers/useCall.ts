import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';

export interface OcppCall {
  action: string;
  payload: Record<string, unknown>;
}

/**
 * Hands a call to the charger's queue and does not wait: what becomes of it stands in the list of commands, which shows it as
 * waiting until the charger itself has answered.
 */
export function useCall(charger: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ action, payload }: OcppCall) =>
      api.POST('/api/v1/chargers/{charger}/calls/{action}', {
        params: { path: { charger, action }, query: { async: true } },
        body: payload as never,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['commands', charger] }),
  });
}
