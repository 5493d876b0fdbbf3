import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { certificatesOf } from '../../api/queries';
import { Failure } from '../../ui/Failure';
import { CertificateTable } from './CertificateTable';

/** The certificates that a charger was issued, the newest first. */
export function ChargerCertificates({ charger }: { charger: string }) {
  const { t } = useTranslation();
  const found = useQuery(certificatesOf(charger));
  if (found.isError) return <Failure fault={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return null;
  return (
    <section aria-labelledby="certificates">
      <Title order={2} size="h5" id="certificates" mb="xs">{t('certificate.title')}</Title>
      <CertificateTable label={t('certificate.title')} certificates={found.data.items} />
    </section>
  );
}
