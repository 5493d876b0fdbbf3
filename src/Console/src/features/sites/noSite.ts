/** Stands in an address for the chargers without site: no site can be called so. */
export const noSite = '~';
