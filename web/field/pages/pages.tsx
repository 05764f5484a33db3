import { useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { paths } from '../paths.ts'
import { ChoosePage } from './visit/choose-page.tsx'
import { ConflictsPage } from './conflicts/conflicts-page.tsx'
import { EditPage } from './household/edit-page.tsx'
import { HouseholdPage } from './household/household-page.tsx'
import { HouseholdsPage } from './households/households-page.tsx'
import { IdeaPage } from './report/idea-page.tsx'
import { MePage } from './me/me-page.tsx'
import { QueuePage } from './queue/queue-page.tsx'
import { ReportPage } from './report/report-page.tsx'
import { TodayPage } from './today/today-page.tsx'
import { VisitPage } from './visit/visit-page.tsx'

/** The pages behind the lock. They come together in one file: in the stairwell nothing can be fetched. */
export function Pages() {
  const [location] = useLocation()
  useEffect(() => {
    scrollTo(0, 0)
  }, [location])
  return (
    <Switch>
      <Route path={paths.today()}>
        <TodayPage />
      </Route>
      <Route path={paths.households()}>
        <HouseholdsPage />
      </Route>
      <Route<{ id: string }> path={paths.household(':id')}>{({ id }) => <HouseholdPage key={id} id={id} />}</Route>
      <Route<{ id: string }> path={paths.edit(':id')}>{({ id }) => <EditPage key={id} id={id} />}</Route>
      <Route path={paths.choose()}>
        <ChoosePage />
      </Route>
      <Route<{ id: string }> path={paths.visit(':id')}>{({ id }) => <VisitPage key={id} id={id} />}</Route>
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
      <Route>
        <Redirect to={paths.today()} />
      </Route>
    </Switch>
  )
}
