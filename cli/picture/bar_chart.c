/* Labels on the left, bars in a column of their own, and their texts behind them. */
#include "picture/bar_chart.h"

#include "picture/svg.h"

#define LABEL_WIDTH 220
#define BAR_WIDTH   400
#define TEXT_WIDTH  120
#define ROW_HEIGHT  28
#define BAR_HEIGHT  16
#define MARGIN      20
#define BASE_LINE   19 /* of a text, below the top of its row */

static void draw_row(struct svg *svg, const struct bar_chart_row *row, const char *class_name, double y)
{
	double share = row->share < 0 ? 0 : row->share > 1 ? 1 : row->share;
	double x = MARGIN + LABEL_WIDTH;

	svg_text(svg, x - 8, y + BASE_LINE, SVG_END, "text", row->label);
	svg_rect(svg, x, y + (ROW_HEIGHT - BAR_HEIGHT) / 2.0, share * BAR_WIDTH, BAR_HEIGHT, class_name);
	svg_text(svg, x + BAR_WIDTH + 8, y + BASE_LINE, SVG_START, "faint", row->text);
}

void bar_chart_draw_svg(const struct bar_chart *chart, struct buffer *out)
{
	int height = 2 * MARGIN + ROW_HEIGHT * ((int)chart->count + 1);
	struct svg svg;

	svg_begin(
		&svg, out, 2 * MARGIN + LABEL_WIDTH + BAR_WIDTH + TEXT_WIDTH, height, chart->title, chart->description);
	svg_text(&svg, MARGIN + LABEL_WIDTH, MARGIN + BASE_LINE, SVG_START, "text", chart->title);
	svg_line(&svg, MARGIN + LABEL_WIDTH, MARGIN + ROW_HEIGHT, MARGIN + LABEL_WIDTH, height - MARGIN, "axis");
	for (size_t i = 0; i < chart->count; i++)
		draw_row(&svg, &chart->rows[i], chart->class_name, MARGIN + ROW_HEIGHT * ((int)i + 1));
	svg_end(&svg);
}
