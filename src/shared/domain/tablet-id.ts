/** The ids of tablets that have joined a group's table begin so. */
export const tabletPrefix = 'bord-'
export const isTablet = (principal: string): boolean => principal.startsWith(tabletPrefix)

/** Who a tablet is, by the SHA-256 (hexadecimal) of the secret that it has made: alike on the device and the server. */
export const tabletOf = (secretHash: string): string => tabletPrefix + secretHash.slice(0, 20)
