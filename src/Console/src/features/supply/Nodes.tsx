import { Button, Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Field, faultAt } from '../configuration/FormParts';
import { depthOf, newKey, type NodeDraft } from './tree';

interface Props {
  nodes: NodeDraft[];
  fault: unknown;
  /** Chargers that hang on the site itself. */
  loose: string[];
  change: (nodes: NodeDraft[]) => void;
}

/** Feeders and panels, each below the site or another one. */
export function Nodes({ nodes, fault, loose, change }: Props) {
  const { t } = useTranslation();
  const set = (at: number, members: Partial<NodeDraft>) => {
    const renamed = members.name !== undefined ? nodes[at]!.name : null;
    change(nodes.map((node, place) => (place === at ? { ...node, ...members } : renamed && node.parent === renamed ? { ...node, parent: members.name! } : node)));
  };
  const inAll = faultAt(fault, 'tree.nodes');
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="feeders">
      <Title order={2} size="h5" id="feeders">{t('supply.feeders')}</Title>
      <p className="muted small">{t('supply.feedersHint')}</p>
      {inAll && <p role="alert" className="fault">{inAll}</p>}
      {loose.length > 0 && <p className="small">{t('supply.loose', { chargers: loose.join(', ') })}</p>}
      {nodes.map((node, at) => {
        const path = `tree.nodes[${at}].`;
        const others = nodes.filter(one => one !== node && one.name !== '').map(one => ({ value: one.name, label: one.name }));
        return (
          <div key={node.key} className="filter node" data-node={node.name} style={{ marginInlineStart: `${Math.min(depthOf(node.name, nodes), 6)}rem` }}>
            <Field fault={fault} name={`${path}name`} label={t('configure.name')} value={node.name} needed change={name => set(at, { name })} />
            <Field fault={fault} name={`${path}parent`} label={t('supply.below')} value={node.parent} choices={[{ value: '', label: t('supply.site') }, ...others]} change={parent => set(at, { parent })} />
            <Field fault={fault} name={`${path}maxCurrent`} label={t('configure.maxCurrent')} kind="number" value={node.maxCurrent} change={maxCurrent => set(at, { maxCurrent })} />
            <Field fault={fault} name={`${path}maxPower`} label={t('parameter.maxPower')} kind="number" value={node.maxPower} change={maxPower => set(at, { maxPower })} />
            <Field fault={fault} name={`${path}chargers`} label={t('supply.chargers')} value={node.chargers} most={10_000} change={chargers => set(at, { chargers })} />
            <Button size="xs" variant="default" onClick={() => change(nodes.filter(one => one !== node).map(one => (one.parent === node.name ? { ...one, parent: node.parent } : one)))}>
              {t('supply.remove')}
            </Button>
          </div>
        );
      })}
      <Button size="xs" variant="default" onClick={() => change([...nodes, { key: newKey(), name: '', parent: '', maxCurrent: '', maxPower: '', chargers: '' }])}>{t('supply.addFeeder')}</Button>
    </Paper>
  );
}
