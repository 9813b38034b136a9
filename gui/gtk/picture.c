/* The widgets that show our own drawings: a picture, and the banner behind the product's name.
 *
 * SPDX-License-Identifier: MIT
 */
#include "picture.h"

#include "gui/art/art.h"

/* Dots per inch of text at its normal size. */
#define NORMAL_RESOLUTION 96.0

struct _WinverPicture {
    GtkDrawingArea parent;
    const struct art *art; /* NULL for nothing */
    gboolean directional;  /* mirrored where text runs from right to left */
};

enum { PROP_ART = 1, PROP_SIZE, PROP_DIRECTIONAL };

G_DEFINE_TYPE(WinverPicture, winver_picture, GTK_TYPE_DRAWING_AREA)

static void current_color(GtkWidget *widget, double rgba[4])
{
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    GdkRGBA color;

    gtk_style_context_get_color(style, gtk_style_context_get_state(style), &color);
    rgba[0] = color.red;
    rgba[1] = color.green;
    rgba[2] = color.blue;
    rgba[3] = color.alpha;
}

static gboolean winver_picture_draw(GtkWidget *widget, cairo_t *cr)
{
    WinverPicture *picture = WINVER_PICTURE(widget);
    int width = gtk_widget_get_allocated_width(widget);
    int height = gtk_widget_get_allocated_height(widget);
    double scale, current[4];

    if (!picture->art)
        return FALSE;
    scale = MIN(width / picture->art->width, height / picture->art->height);
    current_color(widget, current);
    if (picture->directional && gtk_widget_get_direction(widget) == GTK_TEXT_DIR_RTL) {
        cairo_translate(cr, width, 0);
        cairo_scale(cr, -1, 1);
    }
    cairo_translate(cr, (width - scale * picture->art->width) / 2,
                    (height - scale * picture->art->height) / 2);
    art_draw(picture->art, cr, scale * picture->art->width, scale * picture->art->height, current);
    return FALSE;
}

/* Pictures stand beside text and grow with it. */
static void set_size(WinverPicture *picture, int size)
{
    double resolution = gdk_screen_get_resolution(gtk_widget_get_screen(GTK_WIDGET(picture)));
    int scaled = (int)(size * MAX(resolution, NORMAL_RESOLUTION) / NORMAL_RESOLUTION);

    gtk_widget_set_size_request(GTK_WIDGET(picture), scaled, scaled);
}

static void winver_picture_set_property(GObject *object, guint id, const GValue *value,
                                        GParamSpec *spec)
{
    WinverPicture *picture = WINVER_PICTURE(object);

    switch (id) {
    case PROP_ART:
        winver_picture_set_art(picture, g_value_get_string(value));
        break;
    case PROP_SIZE:
        set_size(picture, g_value_get_int(value));
        break;
    case PROP_DIRECTIONAL:
        picture->directional = g_value_get_boolean(value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
    }
}

static void winver_picture_class_init(WinverPictureClass *class)
{
    G_OBJECT_CLASS(class)->set_property = winver_picture_set_property;
    GTK_WIDGET_CLASS(class)->draw = winver_picture_draw;
    gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "picture");
    gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(class), ATK_ROLE_ICON);
    g_object_class_install_property(
        G_OBJECT_CLASS(class), PROP_ART,
        g_param_spec_string("art", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
    g_object_class_install_property(G_OBJECT_CLASS(class), PROP_SIZE,
                                    g_param_spec_int("size", NULL, NULL, 1, 1024, 32,
                                                     G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
    g_object_class_install_property(
        G_OBJECT_CLASS(class), PROP_DIRECTIONAL,
        g_param_spec_boolean("directional", NULL, NULL, FALSE,
                             G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void winver_picture_init(WinverPicture *picture)
{
    (void)picture;
}

void winver_picture_set_art(WinverPicture *picture, const char *art)
{
    picture->art = art ? art_by_name(art) : NULL;
    gtk_widget_queue_draw(GTK_WIDGET(picture));
}

/* The banner is a box like any other with our artwork behind its children. The theme decides
 * which artwork: its foreground colour is light on dark themes, and high contrast has none. */
struct _WinverBanner {
    GtkBox parent;
};

G_DEFINE_TYPE(WinverBanner, winver_banner, GTK_TYPE_BOX)

static gboolean winver_banner_draw(GtkWidget *widget, cairo_t *cr)
{
    GtkStyleContext *style = gtk_widget_get_style_context(gtk_widget_get_toplevel(widget));

    if (!gtk_style_context_has_class(style, "contrast")) {
        const char *name = gtk_style_context_has_class(style, "dark") ? "banner-dark" : "banner";
        double current[4];

        current_color(widget, current);
        art_draw(art_by_name(name), cr, gtk_widget_get_allocated_width(widget),
                 gtk_widget_get_allocated_height(widget), current);
    }
    return GTK_WIDGET_CLASS(winver_banner_parent_class)->draw(widget, cr);
}

static void winver_banner_class_init(WinverBannerClass *class)
{
    GTK_WIDGET_CLASS(class)->draw = winver_banner_draw;
    gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "banner");
}

static void winver_banner_init(WinverBanner *banner)
{
    (void)banner;
}
