import { useServices } from '../../state/services.ts'
import { NotFound } from '../shell/not-found.tsx'
import { OwnMeeting } from './own-meeting.tsx'
import { ResourceMeeting } from './resource-meeting.tsx'

/** The politicians' meeting: what one brings to it, or what whoever leads it needs. */
export const MeetingPage = () => {
  const { me, outline } = useServices()
  const trackOf = (audience: string | null | undefined) =>
    outline.tracks.find((track) => track.audience === audience)
  const own = trackOf(me.audience)
  if (own && me.personScope !== null) return <OwnMeeting track={own} />
  const met = trackOf(me.resourceFor?.audience)
  return me.resourceFor && met ? (
    <ResourceMeeting track={met} municipality={me.resourceFor.municipality} />
  ) : (
    <NotFound />
  )
}
