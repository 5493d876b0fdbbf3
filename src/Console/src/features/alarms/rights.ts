import { useCaller, useSeesAll } from '../../app/session';

/** What the caller may do with alarms: a permission says that they may at all, and the levels with which. The server decides all the same. */
export function useAlarmRights() {
  const caller = useCaller();
  const seesAll = useSeesAll();
  const held = (permission: string, levels: number[] | null | undefined) => (caller?.permissions.includes(permission) ? levels ?? [] : []);
  const acknowledged = held('alarms.acknowledge', caller?.alarmLevels.acknowledge);
  const masked = held('alarms.suppress', caller?.alarmLevels.mask);
  const maintained = held('alarms.suppress', caller?.alarmLevels.maintenance);
  return {
    seesAll,
    acknowledges: (level: number) => acknowledged.includes(level),
    acknowledgesAny: acknowledged.length > 0,
    masks: (level: number) => masked.includes(level),
    suppresses: masked.length > 0 || maintained.length > 0,
    maintains: (levels: readonly number[]) => levels.length > 0 && levels.every(level => maintained.includes(level)),
    maintainsAny: maintained.length > 0,
  };
}
