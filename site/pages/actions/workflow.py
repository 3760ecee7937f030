"""The workflow that every page goes through by default."""

from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from pages.models import SecondPairOfEyes

TASK = "Second pair of eyes"
WORKFLOW = "Second pair of eyes, then publish"


@transaction.atomic
def provision_workflow() -> None:
    """Create the workflow: review by a second person, then publication. Idempotent.

    What an administrator changed afterwards (another workflow for a branch or for all, a
    workflow switched off) stays as it is.
    """
    root = Page.get_first_root_node()
    if root is None or Workflow.objects.filter(name=WORKFLOW).exists():
        return
    task, _ = SecondPairOfEyes.objects.get_or_create(name=TASK)
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    # Wagtail's migrations leave a workflow on the root that a moderator may pass alone.
    Workflow.objects.filter(workflow_pages__page=root).update(active=False)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
