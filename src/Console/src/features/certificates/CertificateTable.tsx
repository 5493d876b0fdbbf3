import { Button, Table } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client';
import { useMay } from '../../app/session';
import { Scroll } from '../../ui/Scroll';
import { useFormat } from '../../ui/format';
import { DeleteDialog } from '../configuration/FormParts';

type Certificate = Schemas['CertificateView'];

/** Certificates of chargers, which can be had count no more. */
export function CertificateTable({ label, certificates, ofMany = false }: { label: string; certificates: Certificate[]; ofMany?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenant } = useParams({ from: '/t/$tenant' });
  const mayRevoke = useMay('fleet.write');
  const [revoking, revoke] = useState<Certificate | null>(null);
  if (certificates.length === 0) return <p className="muted">{t('certificate.none')}</p>;
  const words = [...(ofMany ? ['certificate.charger'] : []), 'certificate.serial', 'certificate.issued', 'certificate.ends', 'certificate.counts'];
  return (
    <>
      <Scroll label={label} width={640}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {words.map(word => <Table.Th key={word} scope="col">{t(word)}</Table.Th>)}
              {mayRevoke && <Table.Th scope="col">{t('things.actions')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {certificates.map(one => (
              <Table.Tr key={one.fingerprint} data-certificate={one.serialNumber}>
                {ofMany && <Table.Td><Link className="link" to="/t/$tenant/chargers/$charger/maintenance" params={{ tenant, charger: one.charger }}>{one.charger}</Link></Table.Td>}
                <Table.Td title={one.fingerprint}><code>{one.serialNumber}</code></Table.Td>
                <Table.Td>{format.moment(one.issuedAt)}</Table.Td>
                <Table.Td>{format.moment(one.notAfter)}</Table.Td>
                <Table.Td>{one.revokedAt ? t('certificate.revoked', { moment: format.moment(one.revokedAt) }) : t('configure.yes')}</Table.Td>
                {mayRevoke && <Table.Td>{!one.revokedAt && <Button size="xs" variant="default" onClick={() => revoke(one)}>{t('certificate.revoke')}</Button>}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {revoking && <Revocation of={revoking} close={() => revoke(null)} />}
    </>
  );
}

function Revocation({ of, close }: { of: Certificate; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const revocation = useMutation({
    mutationFn: () => api.DELETE('/api/v1/chargers/{charger}/certificates/{fingerprint}', { params: { path: { charger: of.charger, fingerprint: of.fingerprint } } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['certificates'] });
      close();
    },
  });
  return <DeleteDialog name={of.charger} title={t('certificate.revokeTitle', { charger: of.charger })} word={t('certificate.revoke')} opened close={close} remove={() => revocation.mutate()} fault={revocation.error} />;
}
