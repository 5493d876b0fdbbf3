import { useTranslation } from 'react-i18next';
import { ApiError, type Schemas } from '../../api/client';
import { levelsOf, rangesOf } from '../alarms/levels';
import { Field } from '../configuration/FormParts';

const rights = ['display', 'acknowledge', 'mask', 'maintenance'] as const;

/** The levels for each right as they are typed. */
export type LevelTexts = Record<(typeof rights)[number], string>;

const seeing: LevelTexts = { display: '0-29', acknowledge: '', mask: '', maintenance: '' };

/** Null for what the role may. */
export const textsOf = (levels: Schemas['AlarmLevelsInput'] | null | undefined): LevelTexts | null =>
  levels ? Object.fromEntries(rights.map(right => [right, rangesOf(levels[right] ?? [])])) as LevelTexts : null;

/** Undefined while one of the texts is no levels. */
export function rightsOf(texts: LevelTexts | null): Schemas['AlarmLevelsInput'] | null | undefined {
  if (!texts) return null;
  const levels = rights.map(right => [right, levelsOf(texts[right])] as const);
  return levels.some(([, list]) => list === null) ? undefined : Object.fromEntries(levels);
}

interface Props {
  value: LevelTexts | null;
  fault: unknown;
  change: (value: LevelTexts | null) => void;
}

/** What somebody may do with alarms: what the role may, or what is said level by level. */
export function AlarmLevels({ value, fault, change }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        name="alarmLevels" label={t('alarms.title')} fault={fault} value={value ? 'levels' : 'role'} hint={value ? t('alarms.levelsHint') : undefined}
        choices={[{ value: 'role', label: t('alarms.asRole') }, { value: 'levels', label: t('alarms.byLevel') }]} change={chosen => change(chosen === 'role' ? null : seeing)} />
      {value && rights.map(right => {
        const name = `alarmLevels.${right}`;
        // Said as the API would say it, which never gets to see what cannot be sent.
        const own = levelsOf(value[right]) === null ? new ApiError(422, 'invalid', '', { [name]: [t('alarms.noLevels')] }) : null;
        return <Field key={right} name={name} label={t(`alarms.rights.${right}`)} value={value[right]} fault={own} change={text => change({ ...value, [right]: text })} />;
      })}
    </>
  );
}
