import type { Contact } from '../../../shared/domain/contact.ts'

/** How somebody is reached. */
export const ContactWays = ({ contact: { email, phone } }: { contact: Contact }) => (
  <p class="meta">
    {email && (
      <a href={`mailto:${email}`} translate={false}>
        {email}
      </a>
    )}
    {phone && (
      <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} translate={false}>
        {phone}
      </a>
    )}
  </p>
)
