import { lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Screen } from '#web/ui/screen.tsx'
import { Loading } from '#web/ui/states.tsx'
import { paths } from '../paths.ts'
import { TodayPage } from './today/today-page.tsx'

// Today comes with the door; the others together in one file, which the service worker has put by for the stairwell.
const ChoosePage = lazy(async () => ({ default: (await import('./visit/choose-page.tsx')).ChoosePage }))
const ConflictsPage = lazy(async () => ({
  default: (await import('./conflicts/conflicts-page.tsx')).ConflictsPage,
}))
const EditPage = lazy(async () => ({ default: (await import('./household/edit-page.tsx')).EditPage }))
const HouseholdPage = lazy(async () => ({
  default: (await import('./household/household-page.tsx')).HouseholdPage,
}))
const HouseholdsPage = lazy(async () => ({
  default: (await import('./households/households-page.tsx')).HouseholdsPage,
}))
const IdeaPage = lazy(async () => ({ default: (await import('./report/idea-page.tsx')).IdeaPage }))
const MePage = lazy(async () => ({ default: (await import('./me/me-page.tsx')).MePage }))
const OfferPage = lazy(async () => ({ default: (await import('./offers/offer-page.tsx')).OfferPage }))
const QueuePage = lazy(async () => ({ default: (await import('./queue/queue-page.tsx')).QueuePage }))
const ReportPage = lazy(async () => ({ default: (await import('./report/report-page.tsx')).ReportPage }))
const ToldPage = lazy(async () => ({ default: (await import('./me/told-page.tsx')).ToldPage }))
const VisitPage = lazy(async () => ({ default: (await import('./visit/visit-page.tsx')).VisitPage }))

/** The pages behind the lock. */
export function Pages() {
  const [location] = useLocation()
  useEffect(() => {
    scrollTo(0, 0)
  }, [location])
  return (
    <Suspense
      fallback={
        <Screen top={<header className="top" />}>
          <Loading />
        </Screen>
      }
    >
      <Switch>
        <Route path={paths.today()}>
          <TodayPage />
        </Route>
        <Route path={paths.households()}>
          <HouseholdsPage />
        </Route>
        <Route<{ id: string }> path={paths.household(':id')}>
          {({ id }) => <HouseholdPage key={id} id={id} />}
        </Route>
        <Route<{ id: string }> path={paths.edit(':id')}>{({ id }) => <EditPage key={id} id={id} />}</Route>
        <Route path={paths.choose()}>
          <ChoosePage />
        </Route>
        <Route<{ id: string }> path={paths.visit(':id')}>{({ id }) => <VisitPage key={id} id={id} />}</Route>
        <Route<{ id: string }> path={paths.offer(':id')}>{({ id }) => <OfferPage key={id} id={id} />}</Route>
        <Route path={paths.queue()}>
          <QueuePage />
        </Route>
        <Route path={paths.conflicts()}>
          <ConflictsPage />
        </Route>
        <Route path={paths.report()}>
          <ReportPage />
        </Route>
        <Route path={paths.idea()}>
          <IdeaPage />
        </Route>
        <Route path={paths.me()}>
          <MePage />
        </Route>
        <Route path={paths.told()}>
          <ToldPage />
        </Route>
        <Route>
          <Redirect to={paths.today()} />
        </Route>
      </Switch>
    </Suspense>
  )
}
