import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMay } from '../../app/session';
import { ChargerCertificates } from '../certificates/ChargerCertificates';
import { ChargerTabs } from './ChargerTabs';
import { CommandList } from './CommandList';
import { ChargerFiles } from './ChargerFiles';
import { FirmwareUpdate } from './FirmwareUpdate';
import { UploadRequests } from './UploadRequests';

/** Firmware for a charger, and the diagnostics and logs that it hands over. */
export function MaintenancePage() {
  const { charger } = useParams({ from: '/t/$tenant/chargers/$charger/maintenance' });
  const [mayRead, maySend] = [useMay('commands.read'), useMay('calls.send-any')];
  return (
    <Stack>
      <ChargerTabs charger={charger} />
      {maySend && <FirmwareUpdate charger={charger} />}
      {maySend && <UploadRequests charger={charger} />}
      {mayRead && <ChargerFiles charger={charger} />}
      <ChargerCertificates charger={charger} />
      {mayRead && <CommandList charger={charger} />}
    </Stack>
  );
}
