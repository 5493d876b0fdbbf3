import { Alert, Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { useReason } from '../../ui/Failure';
import { useCall, type OcppCall } from './useCall';

interface Offer extends OcppCall {
  word: string;
  /** What it is done to, where it needs to be asked for once more. */
  asked?: string;
  hard?: boolean;
}

const safe = 'calls.send';
const any = 'calls.send-any';

/** What can be told to a connector in daily work. */
export function ConnectorCommands({ charger, connector, online, transaction }: { charger: string; connector: number; online: boolean; transaction: number | null }) {
  const { t } = useTranslation();
  const [idTag, setIdTag] = useState('');
  const call = useCall(charger);
  const may = useMay(safe);
  if (!may) return null;
  const target = `${charger} · ${connector}`;
  const offers: Offer[] = [
    { word: 'unlock', action: 'UnlockConnector', payload: { connectorId: connector } },
    { word: 'operative', action: 'ChangeAvailability', payload: { connectorId: connector, type: 'Operative' } },
    { word: 'inoperative', action: 'ChangeAvailability', payload: { connectorId: connector, type: 'Inoperative' }, asked: target },
  ];
  if (transaction !== null) offers.unshift({ word: 'remoteStop', action: 'RemoteStopTransaction', payload: { transactionId: transaction }, asked: target });
  return (
    <>
      {transaction === null && (
        <Group gap="xs" align="end" mt="xs" wrap="nowrap">
          <TextInput size="xs" label={t('command.idTag')} maxLength={20} value={idTag} onChange={changed => setIdTag(changed.currentTarget.value)} />
          <Button
            size="xs" disabled={!online || idTag.trim() === '' || call.isPending}
            onClick={() => call.mutate({ action: 'RemoteStartTransaction', payload: { connectorId: connector, idTag: idTag.trim() } })}>
            {t('command.remoteStart')}
          </Button>
        </Group>
      )}
      <Offers offers={offers} online={online} call={call} />
    </>
  );
}

/** What can be told to the charger as a whole. */
export function ChargerCommands({ charger, online }: { charger: string; online: boolean }) {
  const { t } = useTranslation();
  const call = useCall(charger);
  const [may, mayAny] = [useMay(safe), useMay(any)];
  if (!may) return <p className="muted">{t('command.noRight')}</p>;
  const offers: Offer[] = [
    { word: 'trigger', action: 'TriggerMessage', payload: { requestedMessage: 'StatusNotification' } },
    { word: 'clearCache', action: 'ClearCache', payload: {} },
    { word: 'softReset', action: 'Reset', payload: { type: 'Soft' }, asked: charger },
  ];
  if (mayAny) offers.push({ word: 'hardReset', action: 'Reset', payload: { type: 'Hard' }, asked: charger, hard: true });
  return <section aria-label={t('charger.commands')}><Offers offers={offers} online={online} call={call} /></section>;
}

function Offers({ offers, online, call }: { offers: Offer[]; online: boolean; call: ReturnType<typeof useCall> }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Offer | null>(null);
  const reason = useReason(call.error);
  const send = (offer: Offer) => {
    setAsking(null);
    call.mutate(offer);
  };
  return (
    <>
      <Group gap="xs" mt="xs">
        {offers.map(offer => (
          <Button
            key={offer.word} size="xs" variant="default" disabled={!online || call.isPending}
            onClick={() => (offer.asked === undefined ? send(offer) : setAsking(offer))}>
            {t(`command.${offer.word}`)}
          </Button>
        ))}
      </Group>
      {call.isError && <Alert color="red" variant="outline" mt="xs" role="alert">{t('command.refused', { reason })}</Alert>}
      <Modal
        opened={asking !== null} onClose={() => setAsking(null)} closeButtonProps={{ 'aria-label': t('command.cancel') }}
        title={asking && t('command.confirmTitle', { command: t(`command.${asking.word}`), target: asking.asked })}>
        {asking?.hard && <p>{t('command.confirmHard', { target: asking.asked })}</p>}
        <Group justify="end">
          <Button variant="default" onClick={() => setAsking(null)}>{t('command.cancel')}</Button>
          <Button color={asking?.hard ? 'red' : undefined} onClick={() => asking && send(asking)}>{t('command.confirm')}</Button>
        </Group>
      </Modal>
    </>
  );
}
