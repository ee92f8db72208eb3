#pragma once

/// For a process that has just been forked from one that links power_cut: reads the POWER_CUT_ variables of the
/// environment (see power_cut.cpp) and takes what is in POWER_CUT_ROOT now as safe on the disk.
void power_cut_start();
