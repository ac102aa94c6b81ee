/*
 * `ui`: the table of `ll` on the whole terminal, alive, and a key for what one does
 * with repos all day.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "cli/command.h"

extern const struct command command_ui;

#endif
