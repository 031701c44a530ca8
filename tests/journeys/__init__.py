"""Stories from end to end, told through what people see: readers through pages, editors through the admin."""
