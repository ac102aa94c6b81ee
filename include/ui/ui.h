/*
 * `ui`: the table of `ll` on the whole terminal, live, with keys for everyday work.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "cli/command.h"

extern const struct command command_ui;

#endif
