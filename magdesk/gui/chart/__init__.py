"""What the pages of linkage and chronology paint: the chart of ties and the timeline."""
