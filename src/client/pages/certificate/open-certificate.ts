import type { ComponentType } from 'preact'
import stylesheet from '../../styles/gathering.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { CertificatePage } from './certificate-page.tsx'

/** What only this page needs, before it is shown. */
export const openCertificate = async (): Promise<ComponentType<{ code?: string }>> => {
  await addStylesheet(stylesheet)
  return CertificatePage
}
