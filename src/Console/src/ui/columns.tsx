import { Button, Checkbox, Popover } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Which columns of a table are shown, as this browser keeps it. */
export interface Columns {
  shows: (word: string) => boolean;
  /** The list to choose by. */
  choice: ReactNode;
}

/** @param table Under which name the choice is kept.
 *  @param words Names of the columns among the words, the first of which is always shown. */
export function useColumns(table: string, words: string[]): Columns {
  const { t } = useTranslation();
  const [hidden, hide] = useLocalStorage<string[]>({ key: `columns.${table}`, defaultValue: [], getInitialValueInEffect: false });
  const choosable = words.slice(1);
  const shown = choosable.filter(word => !hidden.includes(word));
  return {
    shows: word => !choosable.includes(word) || shown.includes(word),
    choice: choosable.length > 0 && (
      <Popover trapFocus>
        <Popover.Target><Button size="xs" variant="default">{t('things.columns')}</Button></Popover.Target>
        <Popover.Dropdown>
          <Checkbox.Group aria-label={t('things.columns')} size="xs" value={shown} onChange={chosen => hide(choosable.filter(word => !chosen.includes(word)))}>
            <div className="checks">{choosable.map(word => <Checkbox key={word} size="md" value={word} label={t(word)} />)}</div>
          </Checkbox.Group>
        </Popover.Dropdown>
      </Popover>
    ),
  };
}
