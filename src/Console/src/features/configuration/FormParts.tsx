import { Alert, Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import { useReason } from '../../ui/Failure';

/** What the API says of a member, where it is at fault. */
export const faultAt = (fault: unknown, member: string): string | undefined =>
  fault instanceof ApiError ? fault.errors[member]?.join(', ') : undefined;

interface FieldProps {
  name: string;
  label: string;
  value: string;
  fault: unknown;
  change: (value: string) => void;
  kind?: 'text' | 'number' | 'password' | 'moment' | 'time';
  /** Characters that it takes at most. */
  most?: number;
  needed?: boolean;
  choices?: { value: string; label: string }[];
  hint?: string;
}

// A number is typed as text: browsers tell nothing of what is no number to them.
const types = { text: 'text', number: 'text', password: 'password', moment: 'datetime-local', time: 'time' } as const;

/** A member of what is configured, with what the API says of it. */
export function Field({ name, label, value, fault, change, kind = 'text', needed = false, most = 256, choices, hint }: FieldProps) {
  const common = { size: 'xs', name, label, error: faultAt(fault, name), required: needed, description: hint } as const;
  return choices
    ? <NativeSelect {...common} value={value} data={choices} onChange={changed => change(changed.currentTarget.value)} />
    : (
      <TextInput
        {...common} value={value} type={types[kind]} inputMode={kind === 'number' ? 'decimal' : undefined}
        autoComplete={kind === 'password' ? 'new-password' : 'off'} maxLength={most} onChange={changed => change(changed.currentTarget.value)} />
    );
}

/** A number as it is typed in either language; null for nothing, and text for what is none, which the API then refuses by name. */
export function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? null : (Number.isFinite(Number(trimmed)) ? Number(trimmed) : (trimmed as unknown as number));
}

export const textOf = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));

/** The version of what is not there yet: a put of it makes something, and writes over nothing. */
export const absent = '"0"';

/** A write that counts only while the thing is at this version; null where none is known. */
export const ifAt = (version: string | null): { 'If-Match'?: string } => (version === null ? {} : { 'If-Match': version });

interface FormProps {
  title: string;
  opened: boolean;
  close: () => void;
  save: () => void;
  saving: boolean;
  fault: unknown;
  /** Members that the form shows: what is wrong with others is said above. */
  members: string[];
  /** It makes something new. */
  makes?: boolean;
  /** On the button that sends, where that is not to save. */
  word?: string;
  disabled?: boolean;
  /** Keeps what was typed among the changes that are applied later; left out where that is not to be had. */
  collect?: (() => void) | undefined;
  children: ReactNode;
}

/** A form in a dialog. */
export function FormDialog({ title, opened, close, save, saving, fault, members, makes = false, word, disabled = false, collect, children }: FormProps) {
  const { t } = useTranslation();
  const reason = useReason(fault);
  const shownBeside = fault instanceof ApiError && Object.keys(fault.errors).length > 0 && Object.keys(fault.errors).every(name => members.includes(name));
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    save();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('command.cancel') }}>
      <form onSubmit={submit} noValidate>
        <div className="form">
          {fault != null && !shownBeside && <Alert color="red" variant="outline" role="alert">{isStale(fault) ? t(makes ? 'configure.taken' : 'configure.changed') : reason}</Alert>}
          {children}
          <Group justify="end">
            <Button variant="default" onClick={close}>{t('command.cancel')}</Button>
            {collect && <Button variant="default" disabled={disabled} onClick={() => { collect(); close(); }}>{t('changes.collect')}</Button>}
            <Button type="submit" loading={saving} disabled={disabled}>{word ?? t('configure.save')}</Button>
          </Group>
        </div>
      </form>
    </Modal>
  );
}

/** It is at another version than was expected: somebody else wrote it in between. */
const isStale = (fault: unknown): boolean => fault instanceof ApiError && fault.status === 412;

interface DeleteProps {
  /** Has to be typed. */
  name: string;
  /** The question and the word on the button, where it is not to delete what has the name. */
  title?: string;
  word?: string;
  opened: boolean;
  close: () => void;
  remove: () => void;
  fault: unknown;
  collect?: (() => void) | undefined;
}

/** Asks for the name of what is to be deleted, so that nothing goes by a slip. */
export function DeleteDialog({ name, title, word, opened, close, remove, fault, collect }: DeleteProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const reason = useReason(fault);
  return (
    <Modal opened={opened} onClose={close} title={title ?? t('configure.deleteTitle', { name })} closeButtonProps={{ 'aria-label': t('command.cancel') }}>
      <div className="form">
        {fault != null && <Alert color="red" variant="outline" role="alert">{reason}</Alert>}
        <TextInput label={t('configure.typeName', { name })} value={typed} autoComplete="off" onChange={changed => setTyped(changed.currentTarget.value)} />
        <Group justify="end">
          <Button variant="default" onClick={close}>{t('command.cancel')}</Button>
          {collect && <Button variant="default" onClick={() => { collect(); close(); }}>{t('changes.collect')}</Button>}
          <Button color="red" disabled={typed !== name} onClick={remove}>{word ?? t('configure.delete')}</Button>
        </Group>
      </div>
    </Modal>
  );
}
