"""The address space as it is where the demo runs."""

from config.urls import urlpatterns as everywhere
from organisation.urls import DEMO_URLS

urlpatterns = [*DEMO_URLS, *everywhere]
