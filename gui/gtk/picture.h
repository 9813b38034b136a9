/* A widget that shows one of our own drawings (gui/art) at any scale, without an image loader.
 *
 * What the drawing calls currentColor is the widget's CSS colour, so state icons follow the theme.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PICTURE_H
#define WINVER6003_PICTURE_H

#include <gtk/gtk.h>

#define WINVER_TYPE_PICTURE (winver_picture_get_type())
G_DECLARE_FINAL_TYPE(WinverPicture, winver_picture, WINVER, PICTURE, GtkDrawingArea)

/* Properties: "art", the name of a drawing; "size", its height in pixels at normal
 * text size; "directional", whether it is mirrored in right-to-left text. */
void winver_picture_set_art(WinverPicture *picture, const char *art);

#define WINVER_TYPE_BANNER (winver_banner_get_type())
G_DECLARE_FINAL_TYPE(WinverBanner, winver_banner, WINVER, BANNER, GtkBox)

#endif
