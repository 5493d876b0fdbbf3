import { useTranslation } from 'react-i18next';

const builtIn = ['administrator', 'operator', 'guest'];

/** Names of roles: those that every tenant has in the language that is shown, a tenant's own as they are. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation();
  return role => (builtIn.includes(role) ? t(`admin.roles.${role}`) : role);
}

/** Held by everybody who is signed in: nobody gives or takes it. */
export const everybodys = 'signed-in';

/** Permissions in words, with commas between them. */
export function usePermissionNames(): (permissions: string[]) => string {
  const { t } = useTranslation();
  return permissions => permissions.filter(one => one !== everybodys).map(one => t(`permission.${one.replace('.', '-')}`)).join(', ');
}
