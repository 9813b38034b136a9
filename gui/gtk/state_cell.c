/* The icon before the word of a state.
 *
 * SPDX-License-Identifier: MIT
 */
#include "state_cell.h"

#include "core/judge/judge.h"
#include "gui/art/art.h"

/* Between the icon and the word. */
#define GAP 6

struct _WinverStateCell {
    GtkCellRendererText parent;
    enum verdict_state state;
};

enum { PROP_STATE = 1 };

G_DEFINE_TYPE(WinverStateCell, winver_state_cell, GTK_TYPE_CELL_RENDERER_TEXT)

static GtkCellRendererClass *text_class(void)
{
    return GTK_CELL_RENDERER_CLASS(winver_state_cell_parent_class);
}

/* As high as a line of text. */
static int icon_size(GtkWidget *widget)
{
    PangoContext *context = gtk_widget_get_pango_context(widget);
    PangoFontMetrics *metrics = pango_context_get_metrics(context, NULL, NULL);
    int height = pango_font_metrics_get_ascent(metrics) + pango_font_metrics_get_descent(metrics);

    pango_font_metrics_unref(metrics);
    return PANGO_PIXELS_CEIL(height);
}

static void get_preferred_width(GtkCellRenderer *cell, GtkWidget *widget, int *minimum,
                                int *natural)
{
    int icon = icon_size(widget) + GAP;

    text_class()->get_preferred_width(cell, widget, minimum, natural);
    if (minimum)
        *minimum += icon;
    if (natural)
        *natural += icon;
}

static void state_color(WinverStateCell *cell, GtkWidget *widget, GtkCellRendererState flags,
                        double rgba[4])
{
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    GtkStyleContext *top = gtk_widget_get_style_context(gtk_widget_get_toplevel(widget));
    const char *theme = gtk_style_context_has_class(top, "dark") ? "dark_" : "";
    g_autofree char *name = g_strdup_printf("%sstate_%s", theme, verdict_state_name(cell->state));
    GdkRGBA color;

    if (flags & GTK_CELL_RENDERER_SELECTED || gtk_style_context_has_class(top, "contrast") ||
        !gtk_style_context_lookup_color(style, g_strdelimit(name, "-", '_'), &color))
        gtk_style_context_get_color(style, gtk_style_context_get_state(style), &color);
    rgba[0] = color.red;
    rgba[1] = color.green;
    rgba[2] = color.blue;
    rgba[3] = color.alpha;
}

static void draw_icon(WinverStateCell *cell, cairo_t *cr, GtkWidget *widget,
                      const GdkRectangle *area, GtkCellRendererState flags)
{
    g_autofree char *name =
        g_strdup_printf("winver6003-%s-symbolic", verdict_state_name(cell->state));
    const struct art *art = art_by_name(name);
    double color[4];

    if (!art)
        return;
    state_color(cell, widget, flags, color);
    cairo_save(cr);
    cairo_translate(cr, area->x, area->y);
    art_draw(art, cr, area->width, area->height, color);
    cairo_restore(cr);
}

static void render(GtkCellRenderer *cell, cairo_t *cr, GtkWidget *widget,
                   const GdkRectangle *background, const GdkRectangle *area,
                   GtkCellRendererState flags)
{
    gboolean right_to_left = gtk_widget_get_direction(widget) == GTK_TEXT_DIR_RTL;
    int size = icon_size(widget);
    GdkRectangle icon = *area, text = *area;
    int xpad;

    gtk_cell_renderer_get_padding(cell, &xpad, NULL);
    icon.width = icon.height = size;
    icon.x += right_to_left ? area->width - size - xpad : xpad;
    icon.y += (area->height - size) / 2;
    text.width = MAX(area->width - size - GAP, 1);
    text.x += right_to_left ? 0 : size + GAP;
    draw_icon(WINVER_STATE_CELL(cell), cr, widget, &icon, flags);
    text_class()->render(cell, cr, widget, background, &text, flags);
}

static void set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    if (id == PROP_STATE)
        WINVER_STATE_CELL(object)->state = (enum verdict_state)g_value_get_int(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
}

static void winver_state_cell_class_init(WinverStateCellClass *class)
{
    GtkCellRendererClass *cell = GTK_CELL_RENDERER_CLASS(class);

    G_OBJECT_CLASS(class)->set_property = set_property;
    cell->get_preferred_width = get_preferred_width;
    cell->render = render;
    g_object_class_install_property(G_OBJECT_CLASS(class), PROP_STATE,
                                    g_param_spec_int("state", NULL, NULL, 0, STATE_COUNT - 1, 0,
                                                     G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void winver_state_cell_init(WinverStateCell *cell)
{
    (void)cell;
}
