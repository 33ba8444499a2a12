import * as v from 'valibot'

/** `POST /api/v1/session/device-code`. Lets one more device in until `expiresAt`, ms since 1970. */
export const deviceCodeSchema = v.strictObject({ code: v.string(), expiresAt: v.number() })

/** `GET /api/v1/session/devices`: where one is signed in. `usedAt` is a day out at most. */
export const deviceListSchema = v.strictObject({
  devices: v.array(
    v.strictObject({
      id: v.string(),
      /** Browser and system, such as `Firefox, Windows`; null if it did not say. */
      label: v.nullable(v.string()),
      signedInAt: v.number(),
      usedAt: v.number(),
      /** The one that asks. */
      isThis: v.boolean(),
    }),
  ),
})
export type DeviceList = v.InferOutput<typeof deviceListSchema>
